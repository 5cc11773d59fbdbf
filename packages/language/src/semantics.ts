import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, type Compiled } from '@variate/compile'
import { add, fill, sum } from '@variate/core/ops'
import { draws } from './draws.ts'
import { logProbs, type SiteValues } from './logProbs.ts'
import { minibatch } from './minibatch.ts'
import type { Program } from './program.ts'

type Tensors = Readonly<Record<string, Tensor>>
/** How many elements each plate has; a program is compiled for each. */
type Sizes = Readonly<Record<string, number>>
type InFloat64<Args extends readonly unknown[], Result> = Compiled<Args, Result, 'float64'>

/** What a program means, as compiled functions of plain data. */
export interface Semantics {
  readonly logProbs: InFloat64<[values: SiteValues, present: Tensors, sizes: Sizes], Tensors>
  /** The sum of all, or for some elements of plates, by their indices, the estimate of it. */
  readonly logJoint: InFloat64<[values: SiteValues, present: Tensors, sizes: Sizes, indices: Tensors], Tensor>
  readonly draws: InFloat64<[key: Tensor, given: SiteValues, present: Tensors, sizes: Sizes], Tensors>
  /** So many draws, along a first axis of their own. */
  readonly manyDraws: InFloat64<
    [key: Tensor, given: SiteValues, present: Tensors, sizes: Sizes, count: number],
    Tensors
  >
  /** A draw for each row of some values. */
  readonly drawsGiven: InFloat64<
    [key: Tensor, rows: Tensors, given: SiteValues, present: Tensors, sizes: Sizes, count: number],
    Tensors
  >
}

const known = new WeakMap<Program, Semantics>()

/** The compiled functions of a program: made once. */
export function semanticsOf(program: Program): Semantics {
  const all = known.get(program) ?? made(program)
  known.set(program, all)
  return all
}

function made(program: Program): Semantics {
  const options = { precision: 'float64' } as const
  const logs = (values: SiteValues, present: Tensors, sizes: Sizes): Tensors =>
    logProbs(program, mapOf(sizes), values, present)
  const total = (values: SiteValues, present: Tensors, sizes: Sizes, indices: Tensors): Tensor => {
    const { scales, ...batch } = minibatch(program, mapOf(sizes), values, present, indices)
    return Object.values(logProbs(program, batch.sizes, batch.values, batch.present, { scales }))
      .map((x) => sum(x))
      .reduce((a, b) => add(a, b), fill([], 0))
  }
  const drawn = (key: Tensor, given: SiteValues, present: Tensors, sizes: Sizes): Tensors =>
    draws(program, mapOf(sizes), key, given, undefined, present)
  return {
    logProbs: compile(logs, options),
    logJoint: compile(total, options),
    draws: compile(drawn, options),
    manyDraws: compile(
      (key: Tensor, given: SiteValues, present: Tensors, sizes: Sizes, size: number) =>
        batch(() => drawn(key, given, present, sizes), { size })(),
      options,
    ),
    drawsGiven: compile(
      (key: Tensor, rows: Tensors, given: SiteValues, present: Tensors, sizes: Sizes, size: number) =>
        batch((row: Tensors) => drawn(key, { ...given, ...row }, present, sizes), { size })(rows),
      options,
    ),
  }
}

function mapOf(sizes: Sizes): ReadonlyMap<string, number> {
  return new Map(Object.entries(sizes))
}
