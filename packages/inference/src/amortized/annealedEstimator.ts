import { foldIn, NdArray, NumericalError, type Key } from '@variate/core'
import type { Pilots, Tuning, Weighed } from '../monteCarlo/annealChains.ts'
import { longestLeap } from '../monteCarlo/annealChains.ts'
import { checkWhole } from '../monteCarlo/checks.ts'
import { powersOf } from '../monteCarlo/powersOf.ts'
import { pause } from '../run/pause.ts'
import type { Applied } from './applied.ts'
import { chunksOf, joined, numbersOf, rowsBetween } from './chunks.ts'
import type { ExampleChains } from './exampleChains.ts'
import type { BoundExamples } from './examplesOf.ts'
import { estimateOf, type LogLikelihoodEstimate } from './likelihoodEstimator.ts'
import { LogMeans } from './logMeans.ts'

export interface AnnealedLogLikelihoodOptions {
  /** How many chains each example has; 16, if not given. */
  readonly particles?: number
  /** How many steps a chain has, or the powers of the likelihood themselves, from 0 to 1; 500, if not given. */
  readonly temperatures?: number | readonly number[]
  /** How many leaps each move of Hamiltonian Monte Carlo has; 5, if not given. */
  readonly leaps?: number
}

/** An estimate of log p(x) by annealed importance sampling, in nats. */
export interface AnnealedLogLikelihood extends LogLikelihoodEstimate {
  /** The share of moves that were accepted, at each power of the likelihood but 0, in the mean over examples. */
  readonly acceptance: Float64Array
}

/** As many chains as are gone through at once, if each had one number, for as many examples at most. */
const AT_ONCE = 2 ** 19
const EXAMPLES = 32
/** Chains of each example that moves are tuned on. */
const PILOTS = 16
/** Steps after which other work has its turn, at most. */
const STEPS = 50

/** Steps in parts of equal size, but for the last, so that few sizes are compiled. */
function partsOf(steps: number): readonly (readonly [from: number, to: number])[] {
  const size = Math.ceil(steps / Math.ceil(steps / STEPS))
  return Array.from({ length: Math.ceil(steps / size) }, (_, part) => [
    part * size,
    Math.min(steps, (part + 1) * size),
  ])
}

/** Which way chains go: from the prior to the posterior, or back from latents that are among the values of examples. */
type Way = 'up' | 'down'

/**
 * What goes through prior · likelihood^β with chains of each example: log of the mean weight, which is a lower bound of log p(x) in
 * the mean on the way up, and, with its sign changed, an upper bound on the way down from latents that were drawn with x.
 *
 * Moves are tuned on chains of their own for each example, so that weights have the right mean.
 *
 * @param chainsOf the chains, whose moves have so many leaps.
 * @throws DomainError for options out of range; UnsupportedError for latents that are discrete.
 * @see Wu, Burda, Salakhutdinov and Grosse, On the Quantitative Analysis of Decoder-Based Generative Models (ICLR 2017).
 */
export function annealedEstimator(
  applied: Applied,
  chainsOf: (leaps: number) => ExampleChains,
  { particles = 16, temperatures = 500, leaps = 5 }: AnnealedLogLikelihoodOptions,
  who: string,
): (examples: BoundExamples, key: Key, way?: Way) => Promise<AnnealedLogLikelihood> {
  checkWhole(who, 'particles', particles, 1)
  checkWhole(who, 'leaps', leaps, 1)
  const powers = Float64Array.from(powersOf(who, temperatures))
  const chains = chainsOf(leaps)
  const most = Math.max(1, Math.floor(AT_ONCE / numbersOf(applied.setting.model, applied.plate)))
  const size = Math.max(1, Math.min(EXAMPLES, Math.floor(most / Math.max(particles, PILOTS))))
  return async (examples, key, way = 'up') => {
    const pointwise = new Float64Array(examples.count)
    const acceptance = new Float64Array(powers.length - 1)
    for (const [at, chunk] of chunksOf(applied, examples, size).entries()) {
      const own = foldIn(key, at)
      const data = withoutLatents(chunk, applied.setting.latents)
      const tuning = await tuned(chains, data, powers, leaps, foldIn(own, 0))
      const begun =
        way === 'up'
          ? chains.fromPrior(data, particles, foldIn(own, 1))
          : chains.fromLatents(chunk, particles)
      const path = way === 'up' ? { powers, tuning } : reversed(powers, tuning)
      const { logWeight, accepted } = await weighed(chains, data, begun, path, foldIn(own, 2))
      const means = new LogMeans(chunk.count)
      means.add(logWeight)
      const sign = way === 'up' ? 1 : -1
      pointwise.set(
        means.values().map((x) => sign * x),
        at * size,
      )
      for (const [i, x] of accepted.data.entries())
        acceptance[Math.floor(i / chunk.count)]! += x / examples.count
    }
    const bad = pointwise.findIndex(Number.isNaN)
    if (bad >= 0)
      throw new NumericalError(`${who}: the weights of example ${bad} are NaN on the way from the prior`)
    return { ...estimateOf(pointwise), acceptance: way === 'up' ? acceptance : acceptance.toReversed() }
  }
}

function withoutLatents(examples: BoundExamples, latents: readonly string[]): BoundExamples {
  const values = Object.entries(examples.values).filter(([name]) => !latents.includes(name))
  return { ...examples, values: Object.fromEntries(values) }
}

/** How moves are made at each power but the first. */
async function tuned(
  chains: ExampleChains,
  examples: BoundExamples,
  powers: Float64Array,
  leaps: number,
  key: Key,
): Promise<Tuning<NdArray>> {
  const { places } = chains.fromPrior(examples, PILOTS, foldIn(key, 0))
  const longest = new Float64Array(examples.count).fill(longestLeap(leaps))
  let state: Pilots<NdArray> = { places, logStep: new NdArray(longest, [examples.count]) }
  const parts: Tuning<NdArray>[] = []
  for (const [from, to] of partsOf(powers.length - 1)) {
    await pause()
    const taken = chains.tune(examples, state, powers.subarray(from + 1, to + 1), foldIn(key, from + 1))
    state = taken.state
    parts.push(taken.outputs)
  }
  return {
    step: joined(parts.map(({ step }) => step)),
    scales: parts[0]!.scales.map((_, i) => joined(parts.map(({ scales }) => scales[i]!))),
  }
}

interface Path {
  readonly powers: Float64Array
  /** A row for each power but the first. */
  readonly tuning: Tuning<NdArray>
}

/** From 1 to 0. The last move, at power 0, weighs nothing more: it is made as at the power before. */
function reversed(powers: Float64Array, { step, scales }: Tuning<NdArray>): Path {
  const last = powers.length - 2
  const order = Array.from({ length: last + 1 }, (_, i) => Math.max(0, last - 1 - i))
  const turned = (x: NdArray): NdArray => joined(order.map((row) => rowsBetween(x, row, row + 1)))
  return { powers: powers.toReversed(), tuning: { step: turned(step), scales: scales.map(turned) } }
}

/** @returns logarithms of weights, [particles, examples], and the share of moves that were accepted, [powers − 1, examples]. */
async function weighed(
  chains: ExampleChains,
  examples: BoundExamples,
  begun: Pick<Weighed<NdArray>, 'places' | 'likelihood'>,
  { powers, tuning }: Path,
  key: Key,
): Promise<{ readonly logWeight: NdArray; readonly accepted: NdArray }> {
  const { shape } = begun.likelihood
  const none = new NdArray(new Float64Array(begun.likelihood.data.length), shape)
  let state: Weighed<NdArray> = { ...begun, logWeight: none }
  const parts: NdArray[] = []
  for (const [from, to] of partsOf(powers.length - 1)) {
    await pause()
    const rows = {
      before: powers.subarray(from, to),
      power: powers.subarray(from + 1, to + 1),
      tuning: {
        step: rowsBetween(tuning.step, from, to),
        scales: tuning.scales.map((x) => rowsBetween(x, from, to)),
      },
    }
    const taken = chains.anneal(examples, state, rows, foldIn(key, from))
    state = taken.state
    parts.push(taken.outputs)
  }
  return { logWeight: state.logWeight, accepted: joined(parts) }
}
