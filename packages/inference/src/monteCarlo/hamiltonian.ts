import type { Tensor } from '@tensorflow/tfjs-core'
import { loop, valueAndGrad } from '@variate/compile'
import {
  add,
  drawNormal,
  drawUniform,
  exp,
  fill,
  foldInKey,
  isFinite,
  less,
  log,
  minimum,
  mul,
  square,
  sub,
  sum,
  where,
  type AnyKey,
} from '@variate/core/ops'

export interface HamiltonianOptions {
  /** The length of a leap, in units of `scales`. */
  readonly step: Tensor
  /** About how far each number may be moved. */
  readonly scales: readonly Tensor[]
  /** How many leaps a trajectory has. */
  readonly leaps: number
}

export interface Moved {
  readonly places: readonly Tensor[]
  /** The probability with which the trajectory's end was accepted. */
  readonly acceptance: Tensor
}

/** By what share the length of leaps differs from one move to the next, so that no trajectory comes back to where it began. */
const JITTER = 0.2

/**
 * One move of Hamiltonian Monte Carlo, which leaves a density as it is: leapfrog steps with momenta that are drawn, accepted or
 * not at their end (Metropolis). Where the density is not finite the move is refused.
 *
 * @see Neal, MCMC using Hamiltonian dynamics (Handbook of Markov Chain Monte Carlo, 2011), figure 2.
 */
export function hamiltonian(
  logDensity: (places: readonly Tensor[]) => Tensor,
  places: readonly Tensor[],
  key: AnyKey,
  { step, scales, leaps }: HamiltonianOptions,
): Moved {
  const at = valueAndGrad((...xs: readonly Tensor[]) => logDensity(xs))
  const jitter = add(1 - JITTER, mul(2 * JITTER, drawUniform(foldInKey(key, places.length + 1), [])))
  const lengths = scales.map((scale) => mul(mul(step, jitter), scale))
  const kicked = (momenta: readonly Tensor[], grads: readonly Tensor[], share: number): readonly Tensor[] =>
    momenta.map((p, i) => add(p, mul(share, mul(lengths[i]!, grads[i]!))))
  const start = at(...places)
  const drawn = places.map(({ shape }, i) => drawNormal(foldInKey(key, i), shape))
  const { state: end } = loop(
    ({
      x,
      momenta,
      grads,
    }: {
      x: readonly Tensor[]
      momenta: readonly Tensor[]
      grads: readonly Tensor[]
    }) => {
      const halfway = kicked(momenta, grads, 0.5)
      const next = x.map((own, i) => add(own, mul(lengths[i]!, halfway[i]!)))
      const after = at(...next).grads
      return { x: next, momenta: kicked(halfway, after, 0.5), grads: after }
    },
    { state: { x: places, momenta: drawn, grads: start.grads }, count: leaps },
  )
  const before = sub(start.value, energyOf(drawn))
  const after = sub(logDensity(end.x), energyOf(end.momenta))
  // −∞ before the move, as where the likelihood is 0, is left whenever there is a place to go.
  const gain = sub(after, before)
  const isMoved = less(log(drawUniform(foldInKey(key, places.length), [])), gain)
  const acceptance = where(isFinite(after), minimum(1, exp(minimum(gain, 0))), 0)
  return {
    places: places.map((own, i) => where(isMoved, end.x[i]!, own)),
    acceptance,
  }
}

function energyOf(momenta: readonly Tensor[]): Tensor {
  return momenta.reduce((total, p) => add(total, mul(0.5, sum(square(p)))), fill([], 0))
}
