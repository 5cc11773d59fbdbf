import { expBelowZero, plus, repeat, type Statement } from '@variate/compile/wasm'
import { accumulate, address, along, clear, larger, load, set, store, two, VECTOR, vector } from './code.ts'
import type { Layout } from './layout.ts'
import type { Where } from './where.ts'

/** Vectors of points that go through the components together: what one waits for, another computes. */
const OFFSETS = [0, VECTOR]

/** `max` ← the largest log joint of each point; −∞ where none is more, or a number. */
export function maxima(
  { components, column, joint, max }: Layout,
  { bytes, block }: Where,
): readonly Statement[] {
  const [point, row] = [address(), address()]
  const largest = OFFSETS.map(vector)
  return [
    along(point, block.get, bytes.get, OFFSETS.length * VECTOR, [
      ...largest.map((m) => set(m, two.constant(-Infinity))),
      repeat(
        row,
        0,
        components * column,
        column,
        largest.map((m, i) => set(m, larger(m.get, load(plus(point.get, row.get), joint + OFFSETS[i]!)))),
      ),
      ...largest.map((m, i) => store(m.get, point.get, max + OFFSETS[i]!)),
    ]),
  ]
}

/**
 * exp(joint − max) in place of log joints, and their sums in `total`.
 *
 * @param least what is below 2^least counts as 0.
 */
export function exponentials(
  { components, column, joint, max, total }: Layout,
  { bytes, block }: Where,
  least: number,
): readonly Statement[] {
  const [point, row] = [address(), address()]
  const sums = OFFSETS.map(vector)
  const largest = OFFSETS.map((offset) => load(point.get, max + offset))
  const at = plus(point.get, row.get)
  return [
    along(point, block.get, bytes.get, OFFSETS.length * VECTOR, [
      ...sums.map(clear),
      repeat(
        row,
        0,
        components * column,
        column,
        sums.flatMap((sum, i) => {
          const exponent = two.sub(load(at, joint + OFFSETS[i]!), largest[i]!)
          const term = expBelowZero(two, exponent, least)
          return [store(term, at, joint + OFFSETS[i]!), accumulate(sum, term)]
        }),
      ),
      ...sums.map((sum, i) => store(sum.get, point.get, total + OFFSETS[i]!)),
    ]),
  ]
}
