import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import type { Key, NdArray } from '@variate/core'
import { expandDims } from '@variate/core/ops'
import type { ParamTree } from '@variate/families'
import { annealedChain, type AnnealedChain } from '../monteCarlo/annealedChain.ts'
import {
  annealChains,
  tuneChains,
  type AnnealingRows,
  type Move,
  type Pilots,
  type Tuning,
  type Weighed,
} from '../monteCarlo/annealChains.ts'
import { wordsOf } from '../monteCarlo/parts.ts'
import { takenOut } from '../bbvi/takenOut.ts'
import { compileOptions, type Applied } from './applied.ts'
import type { BoundExamples } from './examplesOf.ts'

type Tensors = Readonly<Record<string, Tensor>>
/** Where the chains are and log p(x | z) there: particles along the first axis, examples along the second. */
type Begun<Of> = Pick<Weighed<Of>, 'places' | 'likelihood'>

/** Chains of annealing, so many for each of some examples, all of them at once. */
export interface ExampleChains {
  /** Chains that begin in the prior. */
  fromPrior(examples: BoundExamples, particles: number, key: Key): Begun<NdArray>
  /** Chains that begin in the latents that are given among the values, an example a row. */
  fromLatents(examples: BoundExamples, particles: number): Begun<NdArray>
  tune(
    examples: BoundExamples,
    state: Pilots<NdArray>,
    powers: Float64Array,
    key: Key,
  ): { readonly state: Pilots<NdArray>; readonly outputs: Tuning<NdArray> }
  /** @returns the chains, and of each step the share of moves that were accepted, [steps, examples]. */
  anneal(
    examples: BoundExamples,
    state: Weighed<NdArray>,
    rows: { readonly before: Float64Array; readonly power: Float64Array; readonly tuning: Tuning<NdArray> },
    key: Key,
  ): { readonly state: Weighed<NdArray>; readonly outputs: NdArray }
}

/**
 * Programs that are compiled once for each number of examples, of particles and of steps. Each example has a likelihood and a length
 * of leaps of its own.
 *
 * @throws UnsupportedError for latents that are discrete, or whose supports depend on other sites, which are named.
 */
export function exampleChains(applied: Applied, leaps: number, who: string): ExampleChains {
  const { setting, plate, params } = applied
  const { program, sizes } = setting.model
  const chainOf = annealedChain(setting.model, who, new Map([...sizes, [plate, 1]]))
  const isOwn = new Set(
    program.declarations.filter(({ plates }) => plates[0] === plate).map(({ name }) => name),
  )
  const split = (values: Tensors): readonly [Tensors, Tensors] => {
    const entries = Object.entries(values)
    return [
      Object.fromEntries(entries.filter(([name]) => isOwn.has(name))),
      Object.fromEntries(entries.filter(([name]) => !isOwn.has(name))),
    ]
  }
  /** A function of one chain, as one of chains of all examples; what it takes besides has a row for each example. */
  const overExamples = <Rest extends readonly unknown[], Result>(
    theta: ParamTree,
    values: Tensors,
    present: Tensors,
    f: (chain: AnnealedChain, own: Tensors, ...rest: Rest) => Result,
  ): ((...rest: Rest) => Result) => {
    const [own, shared] = split(values)
    const fixed = { ...shared, ...setting.theta.values(theta) }
    const ofOne = (row: { readonly own: Tensors; readonly present: Tensors }, ...rest: Rest): Result => {
      const [data, there] = [alone(row.own), alone(row.present)]
      return f(chainOf({ ...fixed, ...data } as Tensors, there), data, ...rest)
    }
    return (...rest) => batch(ofOne)({ own, present }, ...rest)
  }
  const moveOf =
    (theta: ParamTree, values: Tensors, present: Tensors): Move =>
    (places, power, key, tuning) =>
      batch((own: readonly Tensor[]) =>
        overExamples(theta, values, present, (chain, _, at: readonly Tensor[], how: Tuning<Tensor>) =>
          chain.move(at, power, key, { ...how, leaps }),
        )(own, tuning),
      )(places)
  const options = compileOptions(applied)
  const compiled = (f: (...of: never[]) => unknown) => {
    const run = compile(f as never, options) as unknown as (...of: readonly unknown[]) => unknown
    return ({ values, present }: BoundExamples, ...rest: readonly unknown[]): never =>
      takenOut(run(params.model, values, present, ...rest)) as never
  }
  const fromPrior = compiled(
    (theta: ParamTree, values: Tensors, present: Tensors, key: Tensor, size: number) =>
      batch(() => overExamples(theta, values, present, (chain) => chain.draw(key))(), { size })(),
  )
  const fromLatents = compiled((theta: ParamTree, values: Tensors, present: Tensors, size: number) =>
    batch(() => overExamples(theta, values, present, (chain, own) => chain.from(own))(), { size })(),
  )
  const tune = compiled(
    (
      theta: ParamTree,
      values: Tensors,
      present: Tensors,
      key: Tensor,
      state: Pilots<Tensor>,
      powers: Tensor,
    ) => tuneChains(moveOf(theta, values, present), state, { powers, count: powers.shape[0]!, key, leaps }),
  )
  const anneal = compiled(
    (
      theta: ParamTree,
      values: Tensors,
      present: Tensors,
      key: Tensor,
      state: Weighed<Tensor>,
      rows: AnnealingRows<Tensor>,
    ) => annealChains(moveOf(theta, values, present), state, { rows, count: rows.power.shape[0]!, key }),
  )
  return {
    fromPrior: (examples, particles, key) => fromPrior(examples, wordsOf(key), particles),
    fromLatents: (examples, particles) => fromLatents(examples, particles),
    tune: (examples, state, powers, key) => tune(examples, wordsOf(key), state, powers),
    anneal: (examples, state, rows, key) => anneal(examples, wordsOf(key), state, rows),
  }
}

/** With an axis for the only element of the plate. */
function alone(row: Tensors): Tensors {
  return Object.fromEntries(Object.entries(row).map(([name, x]) => [name, expandDims(x, 0)]))
}
