import { tidy, type Tensor } from '@tensorflow/tfjs-core'
import { valueAndGrad } from '@variate/compile'
import type { NdArray } from '@variate/core'
import { leavesOf } from '@variate/core/internal'
import { add, cast, fill, mul, square, stopGradient, sub, sum, type AnyKey } from '@variate/core/ops'
import { checkApart, checkRelaxed } from './checkRelaxed.ts'
import { downstreamOf } from './downstreamOf.ts'
import { logWeight, totalOf } from './elboOf.ts'
import type { Estimate, Estimator, Outline } from './estimator.ts'
import { gradientOf } from './gradientOf.ts'
import { heldStill } from './heldStill.ts'
import { meanOverParticles } from './particles.ts'
import type { Drawing, Factor, ObjectiveParameters, Problem, Tree, Values } from './problem.ts'
import { discreteIn, drawings, hard, softAt, softGivenHardAt, softSites } from './relaxedDrawings.ts'
import { tuned as stepped, tuningStart } from './tuning.ts'

/** A function c of relaxed values, whose mean is known to be the same in two ways. */
export interface Control {
  readonly name: string
  /** What it is tuned by, to begin with. */
  start(outline: Outline): Readonly<Record<string, NdArray<Float64Array>>>
  temperature(tuned: Values): Tensor
  /** c, of relaxed values of the discrete latents and log p − log q at them. */
  of(tuned: Values, relaxed: readonly Tensor[], logWeight: Tensor): Tensor
}

export interface ControlledOptions {
  readonly particles: number
  /** The length of the steps that tune the control; 0 where it stays as it is. */
  readonly rate: number
}

/**
 * The score function estimator with a control variate of relaxed values, soft(z) of discrete draws b = H(z): with z̃ drawn given b,
 *
 *     (log p − log q − c(z̃)) ∂ log q(b) + ∂c(z) − ∂c(z̃),
 *
 * where the last two are derivatives along z and z̃ for fixed noise. By E[c(z̃) ∂ log q(b) + ∂c(z̃)] = ∂E[c(z)] it is unbiased for any c,
 * which is therefore free to be moved down the gradient of the variance: as the mean is the same, that of the squared gradient.
 * Reparameterized factors are differentiated along their draws.
 */
export function controlled(
  control: Control,
  { particles, rate }: ControlledOptions,
): Estimator<'reparameterized' | 'discrete'> {
  const { name } = control
  return {
    name,
    needs: ['reparameterized', 'discrete'],
    particles,
    isUnbiased: true,
    init: (outline, who) => {
      checkRelaxed(name, outline, who)
      checkApart(name, outline, who)
      const tuned = control.start(outline)
      return rate > 0 ? { tuned, optimizer: tuningStart(tuned) } : { tuned }
    },
    estimate: (problem, parameters, key, state) =>
      tidy(() => {
        const tuned = state['tuned'] as Values
        const names = Object.keys(tuned)
        // All in one batch, which is recorded: second derivatives are taken on what was recorded.
        const mean = meanOverParticles(particles, (): Tree => {
          let estimate: Tree = {}
          const { grads } = valueAndGrad((...own: readonly Tensor[]) => {
            const now = Object.fromEntries(names.map((of, at) => [of, own[at]!]))
            const { gradients, more } = gradientOf(
              (at) => surrogateOf(problem, parameters, at, key, control, now),
              parameters,
            )
            estimate = { objective: more, gradients: gradients as unknown as Tree }
            return sumOfSquares(gradients)
          })(...names.map((of) => tuned[of]!))
          return { ...estimate, slopes: Object.fromEntries(names.map((of, at) => [of, grads[at]!])) }
        })
        const { slopes, ...estimate } = mean
        return { ...estimate, state: rate > 0 ? tunedBy(slopes as Values, state, rate) : state } as never
      }) as unknown as Estimate,
  }
}

/** A step down the gradient of the variance. */
function tunedBy(slopes: Values, state: Tree, rate: number): Tree {
  const { weights, optimizer } = stepped(state['tuned'] as Values, slopes, state['optimizer'] as Tree, rate)
  return { tuned: weights, optimizer }
}

function sumOfSquares(gradients: ObjectiveParameters): Tensor {
  return leavesOf(gradients as unknown as Tree)
    .map((x) => sum(square(x)))
    .reduce((total, x) => add(total, x), fill([], 0))
}

/**
 * A scalar whose gradient in `own` is the estimate.
 *
 * @param parameters the same as `own`, which no derivative is taken in: what c has of them but through z is held still.
 */
function surrogateOf(
  problem: Problem,
  parameters: ObjectiveParameters,
  own: ObjectiveParameters,
  key: AnyKey,
  control: Control,
  tuned: Values,
): { readonly surrogate: Tensor; readonly more: Tensor } {
  const values = problem.draw(own, key, drawings(problem, hard))
  const logP = totalOf(problem.terms, problem.logP(own, values))
  const logQ = problem.logQ(own, values)
  const weight = stopGradient(sub(logP, totalOf(problem.factors, logQ)))
  const discrete = discreteIn(problem)
  const smooth = problem.factors.filter((factor) => !discrete.includes(factor))
  // Not as often as elements count: in a mini-batch log p − log q is of all data.
  const scored = totalOf(
    discrete.map(({ name }) => ({ name, scale: 1 })),
    logQ,
  )
  const temperature = control.temperature(tuned)
  const c = (at: ObjectiveParameters, how: Readonly<Record<string, Drawing>>): Tensor => {
    const relaxed = heldStill(problem.draw(at, key, how), apartFrom(problem))
    const soft = softSites(problem)
    const sites = [...soft].map((site) => cast(relaxed[site]!, 'float32'))
    return control.of(tuned, sites, logWeight(problem, parameters, relaxed, { soft }))
  }
  const free = drawings(problem, softAt(temperature))
  const given = drawings(problem, softGivenHardAt(temperature))
  const path = sub(logP, totalOf(smooth, logQ))
  const score = mul(sub(weight, c(parameters, given)), scored)
  return { surrogate: add(add(path, score), sub(c(own, free), c(own, given))), more: weight }
}

/** The factors that no relaxed value has a part in. */
function apartFrom(problem: Problem): readonly Factor[] {
  const discrete = discreteIn(problem).map(({ name }) => name)
  const moving = new Set([...discrete, ...downstreamOf(problem, discrete)])
  return problem.factors.filter(({ name }) => !moving.has(name))
}
