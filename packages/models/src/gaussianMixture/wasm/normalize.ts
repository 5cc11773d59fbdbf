import { combinedLanes, log, type Statement, type Variable } from '@variate/compile/wasm'
import { accumulate, address, along, clear, load, one, set, store, two, VECTOR, vector } from './code.ts'
import type { Layout } from './layout.ts'

const { add, mul } = two

/** Vectors of totals, each in [1, K], of whose product one logarithm is taken. */
const FACTORS = [0, 1, 2, 3].map((i) => i * VECTOR)

/** `total` ← its reciprocal, and Σᵢ log p(xᵢ), for weights that are 1, or 0 behind the last point. */
export function normalizeEqual(
  { max, total, weights }: Layout,
  bytes: Variable,
  result: Variable,
): readonly Statement[] {
  const [point, sum] = [address(), vector()]
  const parts = FACTORS.map((offset) => {
    const weight = load(point.get, weights + offset)
    const is = two.ne(weight, two.constant(0))
    return { weight, is, total: load(point.get, total + offset), max: load(point.get, max + offset), offset }
  })
  const product = parts
    .map((part) => two.select(part.is, part.total, two.constant(1)))
    .reduce((a, b) => mul(a, b))
  const maxima = parts.map((part) => two.and(part.is, part.max)).reduce((a, b) => add(a, b))
  return [
    clear(sum),
    along(point, bytes.get, FACTORS.length * VECTOR, [
      accumulate(sum, add(maxima, log(two, product))),
      ...parts.map((part) => store(two.div(part.weight, part.total), point.get, total + part.offset)),
    ]),
    set(
      result,
      combinedLanes(two, one, sum.get, (a, b) => one.add(a, b)),
    ),
  ]
}

/** `total` ← the weight over it, and Σᵢ wᵢ·log p(xᵢ). */
export function normalizeWeighted(
  { max, total, weights }: Layout,
  bytes: Variable,
  result: Variable,
): readonly Statement[] {
  const [point, sum] = [address(), vector()]
  const [weight, of] = [load(point.get, weights), load(point.get, total)]
  return [
    clear(sum),
    along(point, bytes.get, VECTOR, [
      accumulate(sum, mul(weight, add(load(point.get, max), log(two, of)))),
      store(two.div(weight, of), point.get, total),
    ]),
    set(
      result,
      combinedLanes(two, one, sum.get, (a, b) => one.add(a, b)),
    ),
  ]
}
