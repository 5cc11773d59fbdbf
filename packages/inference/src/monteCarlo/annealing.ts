import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, loop } from '@variate/compile'
import { foldIn, UnsupportedError, type Key, type NdArray } from '@variate/core'
import {
  add,
  exp,
  fill,
  foldInKey,
  maximum,
  mean,
  minimum,
  mul,
  sqrt,
  square,
  sub,
  sum,
} from '@variate/core/ops'
import { draws, logProbs, type Bound } from '@variate/language/internal'
import { hamiltonian } from './hamiltonian.ts'
import { inParts, rowsOf, wordsOf } from './parts.ts'
import { unconstrained } from '@variate/language/internal'

type Tensors = Readonly<Record<string, Tensor>>
type Arrays = Readonly<Record<string, NdArray>>

/** How moves are made at each temperature but the first. */
interface Tuning<Of> {
  /** [temperatures] */
  readonly step: Of
  /** For each latent how far its numbers lie apart, [temperatures, ...]. */
  readonly scales: readonly Of[]
}

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

/** The probability of acceptance at which moves go farthest for their cost. @see Neal (2011), section 4.4. */
const AIM = 0.65
/** How fast the length of leaps is adapted to it, in the logarithm. */
const HASTE = 0.5
/** The longest way of a move, in standard deviations: a quarter of an orbit in a normal density, which forgets where it began. */
const LONGEST = Math.PI / 2
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
  const { program, sizes } = bound
  const space = unconstrained(bound, who)
  if (space.names.length === 0) {
    throw new UnsupportedError(`${who}: there are no latents: the evidence is the log joint`)
  }
  const logsAt = (given: Tensors, present: Tensors, places: readonly Tensor[]) => {
    const logs = logProbs(program, sizes, { ...given, ...space.values(places) }, present)
    const total = (isPrior: boolean): Tensor =>
      Object.entries(logs)
        .filter(([name]) => space.names.includes(name) === isPrior)
        .reduce((all, [, log]) => add(all, sum(log)), fill([], 0))
    return { prior: add(total(true), space.logDet(places)), likelihood: total(false) }
  }
  const moves = (given: Tensors, present: Tensors, power: Tensor, key: Tensor, tuning: Tuning<Tensor>) =>
    batch((places: readonly Tensor[]) => {
      const density = (at: readonly Tensor[]): Tensor => {
        const { prior, likelihood } = logsAt(given, present, at)
        return add(prior, mul(power, likelihood))
      }
      const moved = hamiltonian(density, places, key, { ...tuning, leaps })
      return { ...moved, likelihood: logsAt(given, present, moved.places).likelihood }
    })
  const drawn = (given: Tensors, present: Tensors, key: Tensor, size: number) =>
    batch(
      () => {
        const places = space.places(draws(program, sizes, foldInKey(key, 0), given))
        return { places, likelihood: logsAt(given, present, places).likelihood }
      },
      { size },
    )()
  const longest = Math.log(LONGEST / leaps)
  const rows = {
    before: Float64Array.from(powers.slice(0, -1)),
    power: Float64Array.from(powers.slice(1)),
  }
  const pilot = compile(
    (key: Tensor, given: Tensors, present: Tensors, each: Readonly<Record<'power', Tensor>>) => {
      const { places: start } = drawn(given, present, key, PILOTS)
      const { outputs } = loop(
        ({ places, logStep }: { places: readonly Tensor[]; logStep: Tensor }, { key: own, each: row }) => {
          const step = exp(logStep)
          const scales = places.map((x) => maximum(sqrt(mean(square(sub(x, mean(x, 0))), 0)), 1e-100))
          const moved = moves(given, present, row.power, own, { step, scales })(places)
          const next = minimum(longest, add(logStep, mul(HASTE, sub(mean(moved.acceptance), AIM))))
          return { state: { places: moved.places, logStep: next }, outputs: { step, scales } }
        },
        {
          state: { places: start, logStep: fill([], longest) },
          count: powers.length - 1,
          each,
          random: foldInKey(key, 1),
          collect: { every: 1 },
        },
      )
      return outputs
    },
    { precision: 'float64' },
  )
  const anneal = compile(
    (
      key: Tensor,
      given: Tensors,
      present: Tensors,
      each: Readonly<Record<'before' | 'power', Tensor>> & { readonly tuning: Tuning<Tensor> },
      size: number,
    ) => {
      const start = drawn(given, present, key, size)
      const { state, outputs } = loop(
        (
          { places, likelihood, logWeight }: typeof start & { logWeight: Tensor },
          { key: own, each: row },
        ) => {
          const moved = moves(given, present, row.power, own, row.tuning)(places)
          const gain = mul(sub(row.power, row.before), likelihood)
          return {
            state: {
              places: moved.places,
              likelihood: moved.likelihood,
              logWeight: add(logWeight, gain),
            },
            outputs: mean(moved.acceptance),
          }
        },
        {
          state: { ...start, logWeight: fill([size], 0) },
          count: powers.length - 1,
          each,
          random: foldInKey(key, 1),
          collect: { every: 1 },
        },
      )
      const values = batch((places: readonly Tensor[]) => space.values(places))(state.places)
      return { values, logWeights: state.logWeight, acceptance: outputs }
    },
    { precision: 'float64' },
  )
  return (own, key, count) => {
    const [given, present] = [own.values as never, own.present as never]
    const tuning = pilot(wordsOf(foldIn(key, 0)), given, present, { power: rows.power })
    const parts = inParts(own, foldIn(key, 1), count, (words, size) =>
      anneal(words, given, present, { ...rows, tuning: tuning as never }, size as never),
    ) as readonly {
      readonly values: Arrays
      readonly logWeights: NdArray
      readonly acceptance: NdArray
    }[]
    const acceptance = new Float64Array(powers.length - 1)
    for (const part of parts)
      for (const [i, x] of part.acceptance.data.entries()) acceptance[i]! += x / parts.length
    return {
      values: Object.fromEntries(
        space.names.map((name) => [
          name,
          rowsOf(
            parts.map(({ values }) => values[name]!),
            count,
          ),
        ]),
      ),
      logWeights: rowsOf(
        parts.map(({ logWeights }) => logWeights),
        count,
      ).data as Float64Array,
      acceptance,
    }
  }
}
