import { UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { placeOf, type Bound } from '@variate/language/internal'
import { combinationsOf } from './combinationRows.ts'
import type { Split } from './components.ts'
import { blocksOf, type ContinuousKinds } from './conjugateSites.ts'
import { designs } from './design.ts'
import { eliminationPlan, type EliminationPlan } from './eliminationPlan.ts'
import { combinations } from './factor.ts'
import { termsOf, variablesAt } from './terms.ts'
import type { DiscreteSite } from './variables.ts'

/** How many numbers the largest of several things has, and all together. */
export interface Numbers {
  readonly largest: number
  readonly total: number
}

/** How many numbers exact inference computes and keeps: of the products of variable elimination, and before those. */
export interface ExactCost extends Numbers {
  /** The terms of the log joint that only discrete latents are in: a table each, for all of its elements. */
  readonly tables: Numbers
  /** The integrals over continuous latents, for each combination of discrete ones: those of each independent part. */
  readonly integrals: Numbers
  /** It in a sentence. */
  toString(): string
}

/** Something that is limited, and what is said where it is too large. */
interface Limited {
  readonly size: number
  readonly told: () => string
}

/**
 * What exact inference costs, before anything is computed; and how discrete latents are summed out.
 *
 * @param limit the most numbers that one product, table or integral may have.
 * @throws UnsupportedError where one has more, with the number.
 */
export function costOf(
  bound: Bound,
  discrete: ReadonlyMap<string, DiscreteSite>,
  kinds: ContinuousKinds,
  { components, discreteOnly }: Split,
  cardinalities: Int32Array,
  limit: number,
): { readonly cost: ExactCost; readonly plan: EliminationPlan } {
  const { name } = bound.program
  const terms = discreteOnly.flatMap((site) => termsOf(bound, discrete, site))
  const tables = terms.map(({ site, dependences, lengths }): Limited => {
    const count = dependences.reduce((product, one) => product * combinationsOf(one), 1)
    return {
      size: count * sizeOf(lengths),
      told: () => {
        const names = dependences.map(({ of, count: own }) => `${own} of "${of.site.name}"`).join(', ')
        return `${placeOf(site)} depends on ${names}: ${count} combinations for each of ${sizeOf(lengths)} elements are a table of`
      },
    }
  })
  const designOf = designs()
  const integrals = components.map((component): Limited => {
    const rows = combinations(component.discrete, cardinalities)
    const numbers = numbersIn(component.continuous, [...kinds.gaussian.values()])
    const points = designOf(blocksOf(kinds.conjugate, component)).count
    return {
      // A value, a gradient, second derivatives, a mean and the factor of a precision.
      size: rows * points * (1 + 2 * numbers + 2 * numbers ** 2),
      told: () => {
        const of = namesIn(component.continuous, [...kinds.gaussian.values(), ...kinds.conjugate.values()])
        return `the integral over ${of} for each of ${rows} combinations of discrete latents takes`
      },
    }
  })
  check(name, tables, limit)
  check(name, integrals, limit)
  const factors = [
    ...components.map((component) => ({ variables: component.discrete })),
    ...terms
      .filter(({ dependences }) => dependences.length > 0)
      .flatMap((term) =>
        Array.from({ length: sizeOf(term.lengths) }, (_, element) => ({
          variables: term.dependences.flatMap((one) => variablesAt(bound, term, one, element)),
        })),
      ),
  ]
  const plan = eliminationPlan(cardinalities, factors, limit)
  const product = { size: plan.largest, told: () => 'the best order that was found needs a product of' }
  check(name, [product], limit)
  return {
    cost: costFrom(
      name,
      { largest: plan.largest, total: plan.total },
      numbersOf(tables),
      numbersOf(integrals),
    ),
    plan,
  }
}

function costFrom(name: string, products: Numbers, tables: Numbers, integrals: Numbers): ExactCost {
  const parts = [
    ['tables of terms', tables],
    ['integrals over continuous latents', integrals],
    ['products of discrete latents', products],
  ] as const
  return {
    ...products,
    tables,
    integrals,
    toString: () => {
      const own = parts.filter(([, { total }]) => total > 0)
      const told = own.map(([what, { total, largest }]) => `${what}: ${total} numbers, ${largest} at once`)
      return `model "${name}": ${told.join('; ') || 'nothing to sum over or to integrate'}`
    },
  }
}

function numbersOf(all: readonly Limited[]): Numbers {
  const sizes = all.map(({ size }) => size)
  return {
    largest: sizes.reduce((a, b) => Math.max(a, b), 0),
    total: sizes.reduce((a, b) => a + b, 0),
  }
}

function check(name: string, all: readonly Limited[], limit: number): void {
  const bad = all.find(({ size }) => size > limit)
  if (!bad) return
  throw new UnsupportedError(
    `enumeration: model "${name}": ${bad.told()} ${bad.size} numbers, and the limit is ${limit}: fewer latents must depend on ` +
      'each other, or pass a larger limit',
  )
}

interface Latent {
  readonly site: { readonly name: string }
  readonly first: number
  readonly lengths: readonly number[]
  readonly event: readonly number[]
}

function isIn({ first, lengths }: Latent, variable: number): boolean {
  return variable >= first && variable < first + sizeOf(lengths)
}

/** How many numbers of some latents variables are. */
function numbersIn(variables: readonly number[], latents: readonly Latent[]): number {
  return variables.reduce((sum, variable) => {
    const own = latents.find((latent) => isIn(latent, variable))
    return sum + (own ? sizeOf(own.event) : 0)
  }, 0)
}

function namesIn(variables: readonly number[], latents: readonly Latent[]): string {
  const own = latents.filter((latent) => variables.some((variable) => isIn(latent, variable)))
  return own.map(({ site }) => `"${site.name}"`).join(', ')
}
