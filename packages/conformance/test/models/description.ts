/** Numbers of a shape, the last axis fastest; null is one that is missing. */
export interface Table {
  readonly shape: readonly number[]
  readonly numbers: readonly (number | null)[]
}

/** What a site's function computes of what it reads, as data. */
export type Expression =
  | { readonly kind: 'constant'; readonly value: Table }
  | { readonly kind: 'read' | 'before'; readonly site: string }
  | { readonly kind: 'sum' | 'sigmoid' | 'sqrt' | 'inverseSqrt'; readonly of: Expression }
  | { readonly kind: 'add' | 'mul' | 'gather' | 'matVec'; readonly of: Expression; readonly by: Expression }

export const FAMILIES = [
  'bernoulli',
  'bernoulliLogits',
  'categorical',
  'binomial',
  'discreteUniform',
  'betaBinomial',
  'poisson',
  'normal',
  'multivariateNormal',
  'gamma',
  'inverseGamma',
  'beta',
  'dirichlet',
] as const

/** A distribution: `multivariateNormal` has the lower triangle of its scale, the others what their factories take in order. */
export interface Made {
  readonly family: (typeof FAMILIES)[number]
  readonly parameters: readonly Expression[]
}

interface Placed {
  readonly name: string
  readonly plates: readonly string[]
  /** The part that declares it: its name begins with that of the part. */
  readonly part?: string
}

export interface RandomSite extends Placed {
  readonly kind: 'latent' | 'observed'
  readonly of: Made
  /** In the steps of a chain but the first. */
  readonly next?: Made
  /** The shape of the value of one element. */
  readonly event: readonly number[]
  /** What an element may be, if that is a list. */
  readonly support?: readonly number[]
  /** Whether it is the variance or precision that all normal sites have in common. */
  readonly isCommonScale?: boolean
  /** What is before the number in the names of the layers that it is one of. */
  readonly layers?: string
}

export interface ComputedSite extends Placed {
  readonly kind: 'deterministic' | 'factor'
  readonly of: Expression
  /** Makes a factor −(curvature / 2) of², and not `of` itself. */
  readonly curvature?: number
  /** Whether a deterministic site is what an input of its part is settled by. */
  readonly isSettled?: boolean
}

export interface GivenSite extends Placed {
  readonly kind: 'input' | 'param'
  readonly domain?: 'real' | 'positive' | 'unitInterval' | 'simplex'
  readonly event: readonly number[]
}

export type Site = RandomSite | ComputedSite | GivenSite

export interface Plate {
  readonly length: number
  readonly isChain: boolean
  /** The name that its size is declared with, if it is no number. */
  readonly size?: string
}

/** A model and its data, as data. */
export interface Description {
  readonly plates: Readonly<Record<string, Plate>>
  readonly sites: readonly Site[]
  /** Observations, inputs and parameters. */
  readonly data: Readonly<Record<string, Table>>
  readonly conditioned: Readonly<Record<string, Table>>
  readonly intervened: Readonly<Record<string, Table>>
}

export function isRandom(site: Site): site is RandomSite {
  return site.kind === 'latent' || site.kind === 'observed'
}

export function isGiven(site: Site): site is GivenSite {
  return site.kind === 'input' || site.kind === 'param'
}

/** The latents that are unknown. */
export function latentsOf({ sites, conditioned, intervened }: Description): readonly RandomSite[] {
  return sites.filter(
    (site): site is RandomSite =>
      site.kind === 'latent' && !(site.name in conditioned) && !(site.name in intervened),
  )
}

/** The lengths of a site's plates. */
export function lengthsOf({ plates }: Description, site: Placed): readonly number[] {
  return site.plates.map((plate) => plates[plate]!.length)
}

export function sizeOf(shape: readonly number[]): number {
  return shape.reduce((a, b) => a * b, 1)
}

/** Nested arrays, as data are given to a model. */
export function nested({ shape, numbers }: Table): unknown {
  const [length, ...rest] = shape
  if (length === undefined) return numbers[0]
  const size = sizeOf(rest)
  return Array.from({ length }, (_, i) =>
    nested({ shape: rest, numbers: numbers.slice(i * size, (i + 1) * size) }),
  )
}

/** The expressions that an expression is made of, and itself. */
function partsOf(expression: Expression): readonly Expression[] {
  const within = [
    ...('of' in expression ? partsOf(expression.of) : []),
    ...('by' in expression ? partsOf(expression.by) : []),
  ]
  return [expression, ...within]
}

/** All parts of the expressions of a site. */
export function expressionsOf(site: Site): readonly Expression[] {
  if (isGiven(site)) return []
  if (!isRandom(site)) return partsOf(site.of)
  return [...site.of.parameters, ...(site.next?.parameters ?? [])].flatMap(partsOf)
}

/** The names of the sites that a site reads, in this step or in the one before. */
export function readsOf(site: Site): readonly string[] {
  return expressionsOf(site).flatMap((part) => ('site' in part ? [part.site] : []))
}
