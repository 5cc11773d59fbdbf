import type { Formula } from '../inDouble.ts'
import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp } from './exp.ts'
import { horner } from './horner.ts'
import { log } from './log.ts'

// In float64.

/** From here on the asymptotic series is exact. */
const LARGE = 20
/** Terms of the power series up to there, and of the asymptotic one from there on. */
const TERMS = [34, 24] as const

/** Iₙ(x)/(x/2)ⁿ for n = 0 or 1, as a power series in x²/4 (DLMF 10.25.2). */
const powerSeries = (order: 0 | 1): readonly number[] => series(TERMS[0], (k) => 1 / (k * (k + order)))
/** √(2πx)·exp(−x)·Iₙ(x), in 1/x (DLMF 10.40.1). */
const asymptoticSeries = (order: 0 | 1): readonly number[] =>
  series(TERMS[1], (k) => (4 * k * (k - 1) + 1 - 4 * order) / (8 * k))

function series(count: number, ratio: (k: number) => number): readonly number[] {
  let term = 1
  return [term, ...Array.from({ length: count - 1 }, (_, i) => (term *= ratio(i + 1)))]
}

/** A polynomial by its even and its odd terms, which need not wait for each other. */
function polynomial(l: Lanes, coefficients: readonly number[], x: Value): Value {
  const square = l.mul(x, x)
  const [even, odd] = [0, 1].map((own) =>
    horner(
      l,
      coefficients.filter((_, i) => i % 2 === own),
      square,
    ),
  )
  return l.add(even!, l.mul(x, odd!))
}

function scaled(order: 0 | 1): Formula {
  return (l, x) => {
    const size = l.abs(x!)
    const half = l.mul(l.constant(0.5), size)
    const power = l.mul(exp(l, l.neg(size)), polynomial(l, powerSeries(order), l.mul(half, half)))
    const near = order === 0 ? power : l.mul(half, power)
    const far = polynomial(l, asymptoticSeries(order), l.div(l.constant(1), size))
    const root = l.mul(l.constant(Math.sqrt(2 * Math.PI)), l.sqrt(size))
    return l.select(l.ge(size, l.constant(LARGE)), l.div(far, root), near)
  }
}

/** exp(−|x|)·I₀(x). */
export const i0e: Formula = /* @__PURE__ */ scaled(0)

/** log(exp(−x)·I₀(x)). */
export const logI0e: Formula = (l, x) => log(l, i0e(l, x!))

const ofSize: Formula = /* @__PURE__ */ scaled(1)

/** exp(−|x|)·I₁(x). */
export const i1e: Formula = (l, x) => {
  const value = ofSize(l, x!)
  return l.select(l.lt(x!, l.constant(0)), l.neg(value), l.select(l.eq(x!, l.constant(0)), x!, value))
}
