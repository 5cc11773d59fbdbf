import type { Choice, EstimatorByFactor } from './byFactor.ts'
import type { Outline } from './estimator.ts'
import { leaveOneOut } from './leaveOneOut.ts'
import { movingAverage } from './movingAverage.ts'
import { checkParticles } from './particles.ts'
import { partwise } from './partwise.ts'
import type { Draws, Factor } from './problem.ts'

export interface AutomaticOptions {
  /** How many draws a step takes; 2, if not given. */
  readonly particles?: number
}

/** What is done with a factor, and why. */
export interface FactorChoice {
  readonly factor: string
  /** What does it, as a user would call it. */
  readonly estimator: string
  readonly reason: string
}

/** An estimator that chooses for each factor of q, and says why. */
export interface Automatic extends EstimatorByFactor<Draws> {
  choices(outline: Pick<Outline, 'factors'>): readonly FactorChoice[]
}

interface Rule extends Choice {
  readonly takes: (factor: Factor) => boolean
}

/**
 * For each factor of q the estimator of least variance among those that can take it: through draws where they are smooth functions
 * of the parameters, else by the score function, with the other particles for a baseline. `choices` says which, and why.
 *
 * @throws DomainError for a number of particles below 1.
 *
 * @example
 * ```ts
 * import { automatic } from '@variate/estimators'
 *
 * const factor = { name: 'c', sites: ['c'], plates: [], scale: 1, draws: 'discrete', terms: [], factors: [] } as const
 * const [choice] = automatic().choices({ factors: [factor] })
 * choice!.estimator // => 'scoreFunction({ baseline: leaveOneOut() })'
 * choice!.reason // => 'its draws are discrete, and have no derivative; the other particles are its baseline'
 * ```
 */
export function automatic({ particles = 2 }: AutomaticOptions = {}): Automatic {
  checkParticles('automatic', particles)
  const rules = rulesFor(particles)
  const choose = (factor: Factor): Choice => rules.find(({ takes }) => takes(factor))!
  const needs = ['reparameterized', 'discrete', 'opaque'] as const
  return {
    ...partwise({ name: 'automatic', needs, particles }, choose),
    choices: ({ factors }) =>
      factors.map((factor) => {
        const { estimator, reason } = choose(factor)
        return { factor: factor.name, estimator, reason }
      }),
  }
}

/** Which reason leads to which choice: the first that takes a factor. */
function rulesFor(particles: number): readonly Rule[] {
  const hasOthers = particles > 1
  const baseline = hasOthers ? leaveOneOut() : movingAverage()
  const why = hasOthers ? 'the other particles are its baseline' : 'earlier steps are its baseline'
  const score = {
    part: { kind: 'score', baseline, raoBlackwell: true },
    estimator: `scoreFunction({ baseline: ${baseline.name}() })`,
  } as const
  return [
    {
      takes: ({ draws }) => draws === 'reparameterized',
      part: { kind: 'path', hasScore: true },
      estimator: 'reparameterization()',
      reason: 'its draws are smooth functions of the parameters',
    },
    {
      takes: ({ draws }) => draws === 'discrete',
      ...score,
      reason: `its draws are discrete, and have no derivative; ${why}`,
    },
    {
      takes: () => true,
      ...score,
      reason: `its draws are no smooth function of the parameters; ${why}`,
    },
  ]
}
