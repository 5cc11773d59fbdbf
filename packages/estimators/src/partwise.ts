import { UnsupportedError } from '@variate/core'
import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import { add, mean, mul, reshape, stopGradient, sub, sum } from '@variate/core/ops'
import { blanketOf } from './blanket.ts'
import type { Choice, EstimatorByFactor, Part } from './byFactor.ts'
import { costOf } from './costOf.ts'
import { totalOf } from './elboOf.ts'
import type { Estimate } from './estimator.ts'
import { gradientOf, mapTree } from './gradientOf.ts'
import { heldStill } from './heldStill.ts'
import { overParticles } from './particles.ts'
import type { BaselineContext } from './baseline.ts'
import type { Draws, Factor, ObjectiveParameters, Problem, Tree, Values } from './problem.ts'
import { scoreGradients } from './scoreGradients.ts'
import { stoppedDraw } from './stoppedDraw.ts'

/** A factor that is differentiated by its score. */
export interface Scored {
  readonly factor: Factor
  readonly part: Part & { readonly kind: 'score' }
}

/** What one draw gives: of each scored factor log q, for each element, and what its score is multiplied with. */
export interface Drawn {
  /** log p − log q, to be differentiated through draws. */
  readonly path: Tensor
  readonly logWeight: Tensor
  readonly logQ: Values
  readonly costs: Values
}

/**
 * An estimator that differentiates some factors of q through their draws, and others by their score, in one surrogate. Scored
 * draws are held still, and the score of each is multiplied with what it has a part in; the others stay functions of the
 * parameters, in the scores of factors that are drawn with them as well.
 *
 * @param choose what is done with a factor.
 */
export function partwise<Needs extends Draws>(
  about: Pick<EstimatorByFactor<Needs>, 'name' | 'needs' | 'particles'>,
  choose: (factor: Factor, who: string) => Choice,
): EstimatorByFactor<Needs> {
  const { name, particles } = about
  const partsOf = ({ factors }: Pick<Problem, 'factors'>, who: string) =>
    factors.map((factor) => {
      const { part } = choose(factor, who)
      if (part.kind === 'score' && factor.isPoint) throw hasNoScore(factor, who)
      return { factor, part }
    })
  return {
    ...about,
    isUnbiased: true,
    choose,
    init: (outline, who) =>
      Object.fromEntries(
        scoredOf(partsOf(outline, who)).map(({ factor, part }) => {
          const shape = factor.plates.map((plate) => (part.raoBlackwell ? outline.sizes.get(plate)! : 1))
          return [factor.name, part.baseline.init(factor, outline, shape)]
        }),
      ),
    estimate: (problem, parameters, key, state) =>
      tidy(() => {
        const parts = partsOf(problem, name)
        const scored = scoredOf(parts)
        const drawn = (own: ObjectiveParameters): Drawn => drawOnce(problem, parts, own, key)
        const contextOf = (factor: Factor, costs: Values): BaselineContext => ({
          problem,
          factor,
          costs: costs[factor.name]!,
          state: (state[factor.name] ?? {}) as Tree,
        })
        const { gradients, more } = gradientOf((own) => {
          const { path, logWeight, logQ, costs } = overParticles(particles, () => drawn(own))
          const scores = scored
            .filter(({ part }) => !part.baseline.coefficients)
            .map(({ factor, part }) => {
              const advantage = sub(costs[factor.name]!, part.baseline.of(contextOf(factor, costs)))
              return mul(1 / particles, sum(mul(logQ[factor.name]!, stopGradient(advantage))))
            })
          const surrogate = scores.reduce((total, x) => add(total, x), mean(path))
          return { surrogate, more: { objective: stopGradient(mean(logWeight)), costs } }
        }, parameters)
        const { objective, costs } = more
        const estimate: Estimate = {
          objective,
          gradients: scoreGradients(scored, particles, parameters, drawn, gradients),
          state: Object.fromEntries(
            scored.map(({ factor, part }) => [factor.name, part.baseline.next(contextOf(factor, costs))]),
          ),
        }
        return estimate as never
      }) as unknown as Estimate,
  }
}

interface PartOf {
  readonly factor: Factor
  readonly part: Part
}

function scoredOf(parts: readonly PartOf[]): readonly Scored[] {
  return parts.flatMap(({ factor, part }) => (part.kind === 'score' ? [{ factor, part }] : []))
}

function drawOnce(
  problem: Problem,
  parts: readonly PartOf[],
  own: ObjectiveParameters,
  key: Parameters<Problem['draw']>[1],
): Drawn {
  const scored = scoredOf(parts)
  // Factors that are drawn with a scored one see its draw held still, and whoever draws by itself is held still afterwards.
  const how = Object.fromEntries(
    scored.flatMap(({ factor }) => (factor.draws === 'discrete' ? [] : [[factor.name, stoppedDraw]])),
  )
  const values = heldStill(
    problem.draw(own, key, how),
    scored.map(({ factor }) => factor),
  )
  const logP = problem.logP(own, values)
  const logQ = problem.logQ(own, values)
  const whole = sub(totalOf(problem.terms, logP), totalOf(problem.factors, logQ))
  return {
    path: sub(totalOf(problem.terms, logP), pathOfLogQ(problem, parts, own, values, logQ)),
    logWeight: whole,
    logQ: Object.fromEntries(scored.map(({ factor: { name } }) => [name, logQ[name]!])),
    costs: Object.fromEntries(
      scored.map(({ factor, part }) => {
        const cost = part.raoBlackwell
          ? costOf(problem, factor, blanketOf(factor, problem.factors), logP, logQ)
          : reshape(
              whole,
              factor.plates.map(() => 1),
            )
        return [factor.name, stopGradient(cost)]
      }),
    ),
  }
}

/** log q of the factors that are differentiated through their draws; the means of the scores of others are 0. */
function pathOfLogQ(
  problem: Problem,
  parts: readonly PartOf[],
  own: ObjectiveParameters,
  values: Values,
  logQ: Values,
): Tensor {
  const without = parts.flatMap(({ factor, part }) =>
    part.kind === 'path' && !part.hasScore ? [factor] : [],
  )
  const withScore = parts.flatMap(({ factor, part }) =>
    part.kind === 'path' && part.hasScore ? [factor] : [],
  )
  if (without.length === 0) return totalOf(withScore, logQ)
  const guide = mapTree(own.guide, (x) => stopGradient(x))
  return add(totalOf(withScore, logQ), totalOf(without, problem.logQ({ ...own, guide }, values)))
}

function hasNoScore({ name }: Factor, who: string): UnsupportedError {
  return new UnsupportedError(
    `${who}: q is a single point in "${name}", which has no score: its draws are to be differentiated, as by reparameterization()`,
  )
}
