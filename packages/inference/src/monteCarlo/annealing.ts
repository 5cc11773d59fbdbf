import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { foldIn, type Key, type NdArray } from '@variate/core'
import { fill, foldInKey } from '@variate/core/ops'
import type { Bound } from '@variate/language/internal'
import { annealedChain } from './annealedChain.ts'
import { annealChains, longestLeap, tuneChains, type AnnealingRows, type Move } from './annealChains.ts'
import { inParts, rowsOf, wordsOf } from './parts.ts'

type Tensors = Readonly<Record<string, Tensor>>
type Arrays = Readonly<Record<string, NdArray>>

/** What a run of annealing gives of each particle. */
export interface Annealed {
  readonly values: Arrays
  readonly logWeights: Float64Array
  /** The mean probability of acceptance at each temperature but the first. */
  readonly acceptance: Float64Array
}

export interface AnnealingOptions {
  /** Powers of the likelihood, from 0 to 1, rising. */
  readonly powers: readonly number[]
  /** Leaps of each move. */
  readonly leaps: number
  readonly who: string
}

const PILOTS = 128

/**
 * Annealing from the prior to the posterior by powers of the likelihood: particles are drawn from the prior, weighed with each
 * rise of the power, and moved by a kernel that leaves prior · likelihood^power as it is. Moves are tuned on particles of their
 * own, so that they do not depend on those that are weighed, and the mean weight estimates the evidence without bias.
 *
 * @returns a run, for the same program with data of the same sizes.
 */
export function annealing(
  bound: Bound,
  { powers, leaps, who }: AnnealingOptions,
): (bound: Bound, key: Key, count: number) => Annealed {
  const chainOf = annealedChain(bound, who)
  const movesOf =
    (given: Tensors, present: Tensors): Move =>
    (places, power, key, tuning) =>
      batch((own: readonly Tensor[]) => chainOf(given, present).move(own, power, key, { ...tuning, leaps }))(
        places,
      )
  const drawn = (given: Tensors, present: Tensors, key: Tensor, size: number) =>
    batch(() => chainOf(given, present).draw(key), { size })()
  const count = powers.length - 1
  const pilot = compile(
    (key: Tensor, given: Tensors, present: Tensors, powers: Tensor) => {
      const { places } = drawn(given, present, key, PILOTS)
      const state = { places, logStep: fill([], longestLeap(leaps)) }
      const how = { powers, count, key: foldInKey(key, 1), leaps }
      return tuneChains(movesOf(given, present), state, how).outputs
    },
    { precision: 'float64' },
  )
  const anneal = compile(
    (key: Tensor, given: Tensors, present: Tensors, rows: AnnealingRows<Tensor>, size: number) => {
      const start = { ...drawn(given, present, key, size), logWeight: fill([size], 0) }
      const how = { rows, count, key: foldInKey(key, 1) }
      const { state, outputs } = annealChains(movesOf(given, present), start, how)
      const values = batch(chainOf(given, present).values)(state.places)
      return { values, logWeights: state.logWeight, acceptance: outputs }
    },
    { precision: 'float64' },
  )
  const [before, power] = [Float64Array.from(powers.slice(0, -1)), Float64Array.from(powers.slice(1))]
  return (own, key, particles) => {
    const [given, present] = [own.values as never, own.present as never]
    const tuning = pilot(wordsOf(foldIn(key, 0)), given, present, power as never)
    const parts = inParts(own, foldIn(key, 1), particles, (words, size) =>
      anneal(words, given, present, { before, power, tuning } as never, size as never),
    ) as readonly {
      readonly values: Arrays
      readonly logWeights: NdArray
      readonly acceptance: NdArray
    }[]
    const acceptance = new Float64Array(count)
    for (const part of parts)
      for (const [i, x] of part.acceptance.data.entries()) acceptance[i]! += x / parts.length
    return {
      values: Object.fromEntries(
        Object.keys(parts[0]!.values).map((name) => [
          name,
          rowsOf(
            parts.map(({ values }) => values[name]!),
            particles,
          ),
        ]),
      ),
      logWeights: rowsOf(
        parts.map(({ logWeights }) => logWeights),
        particles,
      ).data as Float64Array,
      acceptance,
    }
  }
}
