import { DomainError, NumericalError } from '@variate/core'
import type { Bound } from '@variate/language/internal'
import { split, type Component, type Split } from './components.ts'
import { conjugatesOf } from './conjugate.ts'
import { blocksOf, kindsOf, type ContinuousKinds } from './conjugateSites.ts'
import { costOf, type ExactCost } from './cost.ts'
import { eliminate, type Eliminated } from './eliminate.ts'
import type { EliminationPlan } from './eliminationPlan.ts'
import type { Factor } from './factor.ts'
import { integralsOf, type Integrated } from './integrated.ts'
import { middleOf } from './points.ts'
import { tablesOf } from './tables.ts'
import type { TermSite } from './terms.ts'
import { checkSeen } from './unseen.ts'
import {
  cardinalitiesOf,
  continuousOf,
  variablesOf,
  type ContinuousSite,
  type DiscreteSite,
} from './variables.ts'

/** The latents of a program with what it is given, and their exact posterior as a function of parameters. */
export interface Exact {
  readonly discrete: ReadonlyMap<string, DiscreteSite>
  readonly continuous: ReadonlyMap<string, ContinuousSite>
  /** Which of the continuous latents are of exponential families, and which normal. */
  readonly kinds: ContinuousKinds
  /** How many values each discrete variable has. */
  readonly cardinalities: Int32Array
  /** The sites whose terms have no continuous latent. */
  readonly discreteOnly: readonly TermSite[]
  readonly cost: ExactCost
  /** @param values parameters among them. */
  at(values: Bound['values']): ExactResult
}

export interface ExactResult {
  /** log p(data), in nats. */
  readonly logEvidence: number
  readonly integrals: readonly Integrated[]
  /** Those of the integrals, in their order, then those of `discreteOnly`. */
  readonly factors: readonly Factor[]
  readonly eliminated: Eliminated
  readonly plan: EliminationPlan
}

/** The latents of a program in parts that are summed over and integrated, and what that costs. */
interface Planned extends Pick<Exact, 'discrete' | 'continuous' | 'kinds' | 'cardinalities' | 'cost'> {
  readonly parts: Split
  readonly plan: EliminationPlan
}

/**
 * Finds out how latents depend on each other.
 *
 * @param limit the most numbers that one product, table or integral may have.
 * @param values what supports are listed at, which do not depend on it otherwise.
 * @throws UnsupportedError for latents that cannot be summed over, and where more numbers than the limit would be needed.
 */
export function planned(bound: Bound, limit: number, values: Bound['values'] = bound.values): Planned {
  const discrete = variablesOf({ ...bound, values })
  const continuous = continuousOf(bound, discrete)
  const cardinalities = cardinalitiesOf(discrete)
  const parts = split(bound, discrete, continuous)
  const kinds = kindsOf(bound, continuous)
  const { cost, plan } = costOf(bound, discrete, kinds, parts, cardinalities, limit)
  return { discrete, continuous, cardinalities, parts, kinds, cost, plan }
}

/**
 * Sums over all discrete latents of a program and integrates all others.
 *
 * @param limit and `values` as for `planned`.
 * @throws UnsupportedError as `planned` does; later for latents that cannot be integrated.
 */
export function exactOf(bound: Bound, limit: number, values?: Bound['values']): Exact {
  const { discrete, continuous, cardinalities, parts, kinds, cost, plan } = planned(bound, limit, values)
  const { components, discreteOnly } = parts
  const isConjugate = (component: Component): boolean =>
    kinds.gaussian.size === 0 || blocksOf(kinds.conjugate, component).length > 0
  const [conjugate, normal] = [
    components.filter(isConjugate),
    components.filter((component) => !isConjugate(component)),
  ]
  const conjugates = conjugatesOf(bound, discrete, kinds, conjugate, cardinalities)
  const integrals = integralsOf(bound, discrete, kinds.gaussian, normal, cardinalities)
  const middle = middleOf(kinds.conjugate)
  const tables = tablesOf(bound, discrete, discreteOnly)
  return {
    discrete,
    continuous,
    kinds,
    cardinalities,
    discreteOnly,
    cost,
    at: (given) => {
      // What has no latent of an exponential family does not depend on where these are.
      const all = [...integrals({ ...given, ...middle }), ...conjugates(given)]
      const byComponent = new Map(all.map((one) => [one.component, one]))
      const integrated = components.map((component) => byComponent.get(component)!)
      const { factors: own, constant } = tables(given)
      const factors = [...integrated.map(({ factor }) => factor), ...own]
      if (constant > -Infinity)
        checkSeen(bound.program.name, { continuous, discrete }, integrated, factors, cardinalities, plan)
      const eliminated = eliminate(cardinalities, factors, plan)
      const logEvidence = constant + eliminated.logTotal
      checkEvidence(bound.program.name, logEvidence)
      return { logEvidence, integrals: integrated, factors, eliminated, plan }
    },
  }
}

/** @throws DomainError for data that cannot be; NumericalError where their log probability is no number. */
function checkEvidence(name: string, logEvidence: number): void {
  if (Number.isFinite(logEvidence)) return
  const who = `enumeration: model "${name}"`
  if (logEvidence === -Infinity) {
    throw new DomainError(`${who}: the data have probability 0, whatever the latents are`)
  }
  throw new NumericalError(`${who}: the log probability of the data is ${logEvidence}`)
}
