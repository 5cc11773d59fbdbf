import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { horner } from './horner.ts'
import { halfTurn } from './lgamma.ts'
import { log, logQuotient } from './log.ts'
import { bernoulli, raise, reciprocals, reciprocalSquares, type Raised } from './rising.ts'

// In float64: asymptotic series at x or x + 8, and for x < −½ reflection from 1 − x.

/** log y − ψ(y) for the large y that stands for x (DLMF 5.11.2), and what ψ is less at x itself. */
function behindLog(l: Lanes, { isSmall, small, large }: Raised): Value {
  const reciprocal = l.div(l.constant(1), large)
  const t = l.mul(reciprocal, reciprocal)
  const series = l.mul(
    t,
    horner(
      l,
      bernoulli((k) => 2 * k),
      t,
    ),
  )
  const asymptotic = l.add(l.mul(l.constant(0.5), reciprocal), series)
  return l.add(asymptotic, l.select(isSmall, reciprocals(l, small), l.constant(0)))
}

/** ψ(x) for x > −½. */
export function digammaOfPositive(l: Lanes, x: Value): Value {
  const raised = raise(l, x)
  return l.sub(log(l, raised.large), behindLog(l, raised))
}

/** ψ(x), the derivative of log Γ (reflection: DLMF 5.5.4). */
export function digamma(l: Lanes, x: Value): Value {
  const [isReflected, y] = reflected(l, x)
  const value = digammaOfPositive(l, y)
  // π·cot πx of half the angle; 0/0 at the poles.
  const [s, c] = halfTurn(l, x)
  const sine = l.mul(l.add(s, s), c)
  const cosine = l.select(l.eq(s, l.constant(0)), s, l.mul(l.add(c, s), l.sub(c, s)))
  const cotangent = l.div(l.mul(l.constant(Math.PI), cosine), sine)
  return l.select(isReflected, l.sub(value, cotangent), value)
}

/** ψ′(x) for x > −½ (DLMF 5.15.8). */
export function trigammaOfPositive(l: Lanes, x: Value): Value {
  const { isSmall, small, large } = raise(l, x)
  const r = l.div(l.constant(1), large)
  const t = l.mul(r, r)
  const series = l.add(
    l.constant(0.5),
    l.mul(
      r,
      horner(
        l,
        bernoulli(() => 1),
        t,
      ),
    ),
  )
  const asymptotic = l.add(r, l.mul(t, series))
  return l.add(asymptotic, l.select(isSmall, reciprocalSquares(l, small), l.constant(0)))
}

/** ψ′(x) (reflection: DLMF 5.15.6). */
export function trigamma(l: Lanes, x: Value): Value {
  const [isReflected, y] = reflected(l, x)
  const value = trigammaOfPositive(l, y)
  const [s, c] = halfTurn(l, x)
  const ratio = l.div(l.constant(Math.PI / 2), l.mul(s, c))
  return l.select(isReflected, l.sub(l.mul(ratio, ratio), value), value)
}

/** Whether x is reflected, and 1 − x or x itself. */
function reflected(l: Lanes, x: Value): readonly [isReflected: Value, y: Value] {
  const isReflected = l.lt(x, l.constant(-0.5))
  return [isReflected, l.select(isReflected, l.sub(l.constant(1), x), x)]
}

/** log y − ψ(x) for x ≥ 0, without cancellation. */
export function logMinusDigamma(l: Lanes, y: Value, x: Value): Value {
  const raised = raise(l, x)
  const value = l.add(logQuotient(l, y, raised.large), behindLog(l, raised))
  return l.select(l.lt(x, l.constant(0)), l.constant(NaN), value)
}
