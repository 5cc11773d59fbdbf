import type { Tensor } from '@tensorflow/tfjs-core'
import type { AnyKey, Real } from '@variate/core/ops'
import { combine } from './combine.ts'
import type { Constraint } from './constraints/constraint.ts'
import type { Capabilities, Distribution, Parameter, Shape } from './distribution.ts'
import { mapValues } from './mapValues.ts'
import { toParameters, type Given, type Resolved } from './parameters.ts'
import { withinSupport } from './withinSupport.ts'

export type { Resolved } from './parameters.ts'

/** What a distribution is, as formulas in ops. */
interface Formulas<Name extends string> {
  /** Or what makes it of the parameters, which have been checked by then. */
  readonly support: Constraint | (() => Constraint)
  readonly eventShape?: Shape
  readonly reparameterized?: true
  /** What parameters must be to each other: asked once, when their values are known. */
  readonly check?: (parameters: Readonly<Record<Name, Parameter>>) => void
  /** Draws of the whole shape [...sampleShape, ...batchShape, ...eventShape]. */
  readonly draw: (parameters: Resolved<Name>, key: AnyKey, shape: Shape) => Real
  /** The log density of what is in the support; elsewhere it is not asked. */
  readonly logProb: (parameters: Resolved<Name>, x: Tensor) => Real
}

/** Formulas of what only some distributions have; 0 and 1 at the ends of the support are the formula's to give. */
export interface OptionalFormulas<Name extends string> {
  readonly cdf: (parameters: Resolved<Name>, x: Tensor) => Real
  readonly survival: (parameters: Resolved<Name>, x: Tensor) => Real
  readonly icdf: (parameters: Resolved<Name>, probability: Tensor) => Real
  /** The inverse of `survival`. */
  readonly isf: (parameters: Resolved<Name>, probability: Tensor) => Real
  readonly mean: (parameters: Resolved<Name>) => Real
  readonly variance: (parameters: Resolved<Name>) => Real
  readonly entropy: (parameters: Resolved<Name>) => Real
  readonly enumerateSupport: (parameters: Resolved<Name>) => Real
}

type Defined<Name extends string, Has> = Omit<Distribution, 'parameters'> & {
  readonly parameters: Readonly<Record<Name, Parameter>>
} & Pick<Capabilities, keyof Has & keyof Capabilities> &
  Readonly<Record<Name, Parameter>> &
  Omit<Has, keyof Formulas<Name> | keyof OptionalFormulas<Name>>

/**
 * A distribution made of its parameters and its formulas: parameters are checked and broadcast, values converted and
 * checked for shape, what is outside the support gets log probability −∞ and gradient 0, and tensors are tidied up.
 */
export function define<const Name extends string, const Has extends Partial<OptionalFormulas<Name>>>(
  name: string,
  given: Given<Name>,
  formulas: Formulas<Name> & Has,
): Defined<Name, Has & { readonly reparameterized: true }> {
  const { check, draw, logProb, support: set, eventShape = [], ...others } = formulas
  const { parameters, batchShape, resolved } = toParameters(name, given, check)
  const support = typeof set === 'function' ? set() : set
  const combined = combine(name, {
    ...mapValues(others as Readonly<Record<string, unknown>>, (member) =>
      typeof member === 'function' ? (...args: unknown[]) => member(resolved(), ...args) : member,
    ),
    batchShape,
    eventShape,
    support,
    parameters,
    given: Object.values(parameters),
    sample: (key, sampleShape) => draw(resolved(), key, [...sampleShape, ...batchShape, ...eventShape]),
    logProb: (x) => withinSupport(support, eventShape, x, (inside) => logProb(resolved(), inside)),
  })
  return Object.freeze({ ...parameters, ...combined }) as never
}
