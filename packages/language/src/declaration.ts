import type { Tensor } from '@tensorflow/tfjs-core'
import type { Distribution, Numbers } from '@variate/distributions'
import type { Domain } from './domains/domain.ts'
import type { AnyNetwork } from './networks/network.ts'
import type { ParamInit } from './paramInit.ts'
import type { PlainData } from './plainData.ts'

/** What the function of a site sees, by name. */
export type Environment = Readonly<Record<string, unknown>>

/** How many elements a plate has: a number, or a name for what the data settle. */
export type PlateSize = number | string

interface Site {
  readonly name: string
  /** The plates around it, the outermost first: its values have an axis for each, in this order, before those of the event. */
  readonly plates: readonly string[]
}

/** A site with a distribution, made for one element. */
export interface RandomSite extends Site {
  readonly kind: 'latent' | 'observed'
  readonly of: (environment: Environment) => Distribution
  /** The distribution of steps of a chain but the first, given the values of the step before. */
  readonly next?: (environment: Environment, previous: Environment) => Distribution
  readonly options: SiteOptions
  /** What it is known to be, whatever is given. */
  readonly value?: PlainData
  /** Whether its density counts, and its value is that of another site: it is left out of draws. */
  readonly isDensityOnly?: boolean
}

export interface SiteOptions {
  /**
   * Whether a location-scale site is inferred as it stands (true, if not given), or as its deviation in scales from its
   * location (false): the model is the same, its posterior has another shape. With 'auto' it is the deviation exactly where the
   * location or the scale depends on other latents, but for chains, which stay as they are.
   */
  readonly centered?: boolean | 'auto'
}

export interface DeterministicDeclaration extends Site {
  readonly kind: 'deterministic'
  readonly of: (environment: Environment) => Numbers
  /** What it is in steps of a chain but the first, given the values of the step before. */
  readonly next?: (environment: Environment, previous: Environment) => Numbers
}

export interface FactorDeclaration extends Site {
  readonly kind: 'factor'
  readonly of: (environment: Environment) => Tensor | number
}

export interface InputDeclaration extends Site {
  readonly kind: 'input'
  /** What it is, whatever is given: set by an intervention. */
  readonly value?: PlainData
  /** What it is without the intervention: its distribution says of what shape and type its values are, and where they lie. */
  readonly from?: RandomSite
}

export interface ParamDeclaration extends Site {
  readonly kind: 'param'
  readonly domain: Domain
  /** What it begins with, if it is told. */
  readonly init?: PlainData | ParamInit
  /** Of a guide: whether it is the model's, which the guide reads as well. */
  readonly isShared?: true
}

export interface NetworkDeclaration extends Site {
  readonly kind: 'network'
  readonly network: AnyNetwork
  /** Of a guide: whether it is the model's, which the guide reads as well. */
  readonly isShared?: true
}

/** What a model is made of, in the order in which it is declared. */
export type Declaration =
  | RandomSite
  | DeterministicDeclaration
  | FactorDeclaration
  | InputDeclaration
  | ParamDeclaration
  | NetworkDeclaration

/** A plate of independent elements, or a chain, whose elements are steps. */
export interface Plate {
  readonly size: PlateSize
  readonly isChain: boolean
}
