import { log, type Statement } from '@variate/compile/wasm'
import { accumulate, address, along, clear, load, store, two, VECTOR, vector } from './code.ts'
import type { Layout } from './layout.ts'
import type { Where } from './where.ts'

const { add, mul } = two

/** Vectors of totals, each in [1, K], of whose product one logarithm is taken. */
const FACTORS = [0, 1, 2, 3].map((i) => i * VECTOR)

/** `total` ← its reciprocal, and `logLikelihood` ← Σᵢ log p(xᵢ), for weights that are 1, or 0 behind the last point. */
export function normalizeEqual(
  { max, total, weights, logLikelihood }: Layout,
  { bytes, block }: Where,
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
    along(point, block.get, bytes.get, FACTORS.length * VECTOR, [
      accumulate(sum, add(maxima, log(two, product))),
      ...parts.map((part) => store(two.div(part.weight, part.total), point.get, total + part.offset)),
    ]),
    store(sum.get, block.get, logLikelihood),
  ]
}

/** `total` ← the weight over it, and `logLikelihood` ← Σᵢ wᵢ·log p(xᵢ). */
export function normalizeWeighted(
  { max, total, weights, logLikelihood }: Layout,
  { bytes, block }: Where,
): readonly Statement[] {
  const [point, sum] = [address(), vector()]
  const [weight, of] = [load(point.get, weights), load(point.get, total)]
  return [
    clear(sum),
    along(point, block.get, bytes.get, VECTOR, [
      accumulate(sum, mul(weight, add(load(point.get, max), log(two, of)))),
      store(two.div(weight, of), point.get, total),
    ]),
    store(sum.get, block.get, logLikelihood),
  ]
}
