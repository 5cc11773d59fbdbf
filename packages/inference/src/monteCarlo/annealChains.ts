import type { Tensor } from '@tensorflow/tfjs-core'
import { loop } from '@variate/compile'
import { add, exp, maximum, mean, minimum, mul, sqrt, square, sub, type AnyKey } from '@variate/core/ops'
import type { Moved } from './hamiltonian.ts'

type Tensors = readonly Tensor[]

/** How moves are made at each power of the likelihood but the first. */
export interface Tuning<Of> {
  /** How long a leap is, [powers, …]. */
  readonly step: Of
  /** For each latent how far its numbers lie apart, [powers, …]. */
  readonly scales: readonly Of[]
}

/**
 * Moves all chains once, by a kernel that leaves prior · likelihood^power as it is. Particles are along the first axis of all that
 * is of chains; what `tuning` has are the further ones.
 */
export type Move = (
  places: Tensors,
  power: Tensor,
  key: AnyKey,
  tuning: Tuning<Tensor>,
) => Moved & { readonly likelihood: Tensor }

/** Chains that are tuned on: where they are, and the logarithm of the length of leaps. */
export interface Pilots<Of> {
  readonly places: readonly Of[]
  readonly logStep: Of
}

/** Chains that are weighed: where they are, log p(data) there, and the logarithm of the weight so far. */
export interface Weighed<Of> {
  readonly places: readonly Of[]
  readonly likelihood: Of
  readonly logWeight: Of
}

/** A row for each step: the power of the likelihood that is come from, that which is come to, and how moves are made there. */
export interface AnnealingRows<Of> {
  readonly before: Of
  readonly power: Of
  readonly tuning: Tuning<Of>
}

/** The probability of acceptance at which moves go farthest for their cost. @see Neal (2011), section 4.4. */
const AIM = 0.65
/** How fast the length of leaps is adapted to it, in the logarithm. */
const HASTE = 0.5
/** The longest way of a move, in standard deviations: a quarter of an orbit in a normal density, which forgets where it began. */
const LONGEST = Math.PI / 2

/** The logarithm of the length of leaps that adaptation begins with, and does not exceed. */
export function longestLeap(leaps: number): number {
  return Math.log(LONGEST / leaps)
}

/** Takes pilots through some powers of the likelihood, and tells how moves are made best at each. */
export function tuneChains(
  move: Move,
  state: Pilots<Tensor>,
  {
    powers,
    count,
    key,
    leaps,
  }: { readonly powers: Tensor; readonly count: number; readonly key: AnyKey; readonly leaps: number },
): { readonly state: Pilots<Tensor>; readonly outputs: Tuning<Tensor> } {
  return loop(
    ({ places, logStep }: Pilots<Tensor>, { key: own, each: power }) => {
      const step = exp(logStep)
      const scales = places.map((x) => maximum(sqrt(mean(square(sub(x, mean(x, 0))), 0)), 1e-100))
      const moved = move(places, power, own, { step, scales })
      const next = minimum(longestLeap(leaps), add(logStep, mul(HASTE, sub(mean(moved.acceptance, 0), AIM))))
      return { state: { places: moved.places, logStep: next }, outputs: { step, scales } }
    },
    { state, count, each: powers, random: key, collect: { every: 1 } },
  ) as never
}

/**
 * Takes chains from power to power of the likelihood and weighs them with each: from 0 to 1 weights have the mean p(data) where the
 * chains begin in the prior, from 1 to 0 its inverse where they begin in the posterior.
 *
 * @returns the chains, and the mean probability with which moves were accepted, [steps, …].
 * @see Neal, Annealed importance sampling (Statistics and Computing 2001); Grosse, Ancha and Roy, Measuring the reliability of MCMC
 *   inference with bidirectional Monte Carlo (NeurIPS 2016), section 2.2, for the way back.
 */
export function annealChains(
  move: Move,
  state: Weighed<Tensor>,
  {
    rows,
    count,
    key,
  }: { readonly rows: AnnealingRows<Tensor>; readonly count: number; readonly key: AnyKey },
): { readonly state: Weighed<Tensor>; readonly outputs: Tensor } {
  return loop(
    ({ places, likelihood, logWeight }: Weighed<Tensor>, { key: own, each: row }) => {
      const moved = move(places, row.power, own, row.tuning)
      const gain = mul(sub(row.power, row.before), likelihood)
      return {
        state: { places: moved.places, likelihood: moved.likelihood, logWeight: add(logWeight, gain) },
        outputs: mean(moved.acceptance, 0),
      }
    },
    { state, count, each: rows, random: key, collect: { every: 1 } },
  ) as never
}
