import type { Expression, Made, RandomSite, Table } from '../description.ts'
import type { Choices } from './choices.ts'
import type { Drafted } from './draft.ts'
import {
  bounded,
  conjugateParameter,
  constantOf,
  linearNumber,
  linearRow,
  plainNumber,
  simplexes,
  simplexRow,
  tableOf,
  type Place,
} from './expressions.ts'

const upTo = (last: number): readonly number[] => Array.from({ length: last + 1 }, (_, i) => i)

/** What a distribution is of, before its parameters are chosen: those of a chain's first step and of the others differ. */
export interface Kind {
  readonly family: Made['family']
  readonly event: readonly number[]
  readonly support?: readonly number[]
}

export function discreteKind(choose: Choices): Kind {
  const family = choose.pick([
    'bernoulli',
    'bernoulliLogits',
    'categorical',
    'categorical',
    'binomial',
    'discreteUniform',
    'discreteUniform',
    'betaBinomial',
  ] as const)
  if (family === 'bernoulli' || family === 'bernoulliLogits') return { family, event: [], support: upTo(1) }
  if (family === 'categorical') return { family, event: [], support: upTo(choose.below(2) + 1) }
  if (family !== 'discreteUniform') return { family, event: [], support: upTo(choose.below(2) + 1) }
  const low = choose.below(3) - 1
  return { family, event: [], support: upTo(choose.below(2) + 1).map((x) => x + low) }
}

/** @param isScaled whether all scales are multiples of one. */
export function continuousKind(choose: Choices, isScaled: boolean): Kind {
  if (isScaled) return { family: 'normal', event: choose.chance(0.6) ? [] : [choose.below(2) + 2] }
  if (choose.chance(0.5)) return { family: 'normal', event: [] }
  return { family: choose.chance(0.4) ? 'normal' : 'multivariateNormal', event: [choose.below(2) + 2] }
}

/** A latent to which others are conjugate. */
export function conjugateKind(
  choose: Choices,
): Kind & { readonly conjugate: 'gamma' | 'beta' | 'dirichlet' } {
  const family = choose.pick(['gamma', 'beta', 'dirichlet', 'dirichlet'] as const)
  return { family, conjugate: family, event: family === 'dirichlet' ? [choose.below(2) + 2] : [] }
}

/** Parameters of a distribution, which depend on what is seen. */
export function made(place: Place, { family, event, support }: Kind): Made {
  const { choose } = place
  const last = constantOf(support?.at(-1) ?? 0)
  switch (family) {
    case 'bernoulli':
      return { family, parameters: [conjugateParameter(place, 'beta') ?? bounded(place, 'unitInterval')] }
    case 'bernoulliLogits':
      return { family, parameters: [plainNumber(place)] }
    case 'categorical':
      return {
        family,
        parameters: [
          conjugateParameter(place, 'dirichlet', support!.length) ?? simplexRow(place, support!.length),
        ],
      }
    case 'binomial':
      return {
        family,
        parameters: [last, conjugateParameter(place, 'beta') ?? bounded(place, 'unitInterval')],
      }
    case 'discreteUniform':
      return { family, parameters: [constantOf(support![0]!), last] }
    case 'betaBinomial':
      return { family, parameters: [bounded(place, 'positive'), bounded(place, 'positive'), last] }
    case 'poisson': {
      const rate = conjugateParameter(place, 'gamma')
      if (!rate) return { family, parameters: [bounded(place, 'positive')] }
      return { family, parameters: [{ kind: 'mul', of: constantOf(choose.between(0.5, 2)), by: rate }] }
    }
    case 'gamma':
    case 'inverseGamma':
    case 'beta':
      return { family, parameters: [bounded(place, 'positive'), bounded(place, 'positive')] }
    case 'dirichlet': {
      const value = tableOf(event, () => choose.between(0.4, 3))
      return { family, parameters: [{ kind: 'constant', value }] }
    }
    case 'multivariateNormal':
      return { family, parameters: [linearRow(place, event[0]!), triangle(choose, event[0]!)] }
    case 'normal': {
      const { commonScale } = place.draft
      const own = bounded(place, 'positive')
      const scale: Expression = commonScale ? { kind: 'mul', of: own, by: commonScale } : own
      if (event.length > 0) return { family, parameters: [linearRow(place, event[0]!), scale] }
      const loc = choose.chance(0.85) ? linearNumber(place) : undefined
      return { family, parameters: [loc ?? plainNumber(place), scale] }
    }
  }
}

function triangle(choose: Choices, size: number): Made['parameters'][number] {
  let at = 0
  const number = (): number => {
    const [row, column] = [Math.floor(at / size), at++ % size]
    if (row < column) return 0
    return row === column ? choose.between(0.5, 1.5) : choose.between(-0.8, 0.8)
  }
  return { kind: 'constant', value: tableOf([size, size], number) }
}

/** A latent with what others must know of it; the function is given it before it is declared. */
export function asDrafted(site: RandomSite): Drafted {
  const { event, support } = site
  return { site, event, isContinuous: support === undefined, ...(support ? { support } : {}) }
}

/** Values that a site may have. */
export function valuesOf(
  choose: Choices,
  { of, event, support }: RandomSite,
  lengths: readonly number[],
): Table {
  const { family } = of
  if (family === 'dirichlet') return simplexes(choose, lengths, event[0]!)
  const number = (): number => {
    if (support) return choose.pick(support)
    if (family === 'poisson') return choose.below(4)
    if (family === 'gamma' || family === 'inverseGamma') return choose.between(0.5, 3)
    return family === 'beta' ? choose.between(0.1, 0.9) : choose.between(-2, 2)
  }
  return tableOf([...lengths, ...event], number)
}
