import {
  I32,
  minus,
  plus,
  repeat,
  store as storeNumber,
  times,
  value,
  when,
  whole,
} from '@variate/compile/wasm'
import type { Statement, Value, Variable } from '@variate/compile/wasm'
import { accumulate, address, along, clear, load, one, set, store, two, VECTOR, vector } from './code.ts'
import type { Layout } from './layout.ts'
import type { Where } from './where.ts'

/** The points that a component takes part in: what statements find. */
export interface Active {
  /** The sum of their responsibilities, which are in the layout's `responsibility`. */
  readonly sum: Variable
  /** The bytes of a column of them: whole vectors, those behind the last with a responsibility of 0. */
  readonly bytes: Variable
  /** Where their coordinates are, from `scratch` on: the block's own, or gathered in `centered`. */
  readonly x: Variable
}

export function activeVariables(): Active {
  return { sum: vector(), bytes: address(), x: address() }
}

/** In fewer dimensions it takes as long to gather points as to compute with all. */
const GATHERED = 8

/** The bytes of a number; so many has each place where a point lies, too. */
const NUMBER = 8

/**
 * Finds the points of a block that a component takes part in, whose row of exponentials begins at an offset. In many
 * dimensions most points are so far from most components that their responsibilities are 0: then those that are not are
 * gathered.
 */
export function findActive(layout: Layout, where: Where, row: Value, active: Active): readonly Statement[] {
  const { bytes, block, scratch } = where
  const { joint, total, responsibility, x, dimension } = layout
  const point = address()
  const r = two.mul(load(plus(row, point.get), joint), load(point.get, total))
  const all: readonly Statement[] = [
    along(point, block.get, bytes.get, VECTOR, [
      store(r, plus(point.get, minus(scratch.get, block.get)), responsibility),
      accumulate(active.sum, r),
    ]),
    set(active.bytes, bytes.get),
    set(active.x, plus(minus(block.get, scratch.get), x)),
  ]
  if (dimension < GATHERED) return [clear(active.sum), ...all]
  const count = address()
  const isFew = value(I32, [0x48], [times(minus(count.get, scratch.get), 2), bytes.get])
  return [
    clear(active.sum),
    ...compact(layout, where, row, count),
    ...when(isFew, gather(layout, where, count.get, active)),
    ...when(value(I32, [0x45], [isFew]), all),
  ]
}

/** Responsibilities that are not 0, and where their points lie, one after the other. */
function compact(
  { joint, total, responsibility, active }: Layout,
  { bytes, block, scratch }: Where,
  row: Value,
  count: Variable,
): readonly Statement[] {
  const point = address()
  const r = one.mul(one.load(plus(row, point.get), joint), one.load(point.get, total))
  return [
    set(count, scratch.get),
    along(point, block.get, bytes.get, NUMBER, [
      storeNumber(one, r, count.get, responsibility),
      storePlace(point.get, plus(count.get, active)),
      set(count, plus(count.get, times(one.ne(r, one.constant(0)), NUMBER))),
    ]),
  ]
}

/** `centered` ← the points that `compact` found. */
function gather(
  { dimension, column, x, active, centered, responsibility }: Layout,
  { block, scratch }: Where,
  count: Value,
  { sum, bytes, x: source }: Active,
): readonly Statement[] {
  const [axis, point] = [address(), address()]
  const place = value(I32, [0x28, 2, 0], [plus(point.get, active)])
  const number = one.load(plus(axis.get, place), x)
  return [
    // The next whole vector: if only of points with a responsibility of 0.
    ...[0, NUMBER].flatMap((behind) => [
      storeNumber(one, one.constant(0), count, responsibility + behind),
      storePlace(block.get, plus(count, active + behind)),
    ]),
    set(bytes, plus(value(I32, [0x71], [minus(count, scratch.get), whole(-VECTOR)]), VECTOR)),
    set(source, whole(centered)),
    repeat(axis, 0, dimension * column, column, [
      along(point, scratch.get, bytes.get, NUMBER, [
        storeNumber(one, number, plus(axis.get, point.get), centered),
      ]),
    ]),
    along(point, scratch.get, bytes.get, VECTOR, [accumulate(sum, load(point.get, responsibility))]),
  ]
}

function storePlace(place: Value, at: Value): Statement {
  return { code: [0x36, 2, 0], args: [at, place] }
}
