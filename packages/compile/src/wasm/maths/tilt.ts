import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp, expm1 } from './exp.ts'
import { horner } from './horner.ts'
import { log, log1p } from './log.ts'
import { bernoulli } from './rising.ts'

// In float64: cumulants of the continuous Bernoulli distribution, derivatives of K(t) = log((eᵗ − 1)/t), as series for |t| < 1.

function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}

/** K, K′ or K″ at t: of B₂ₖ/(2k)!·t²ᵏ/(2k), and of q = e/(1 − e) for e = e^−|t|. */
export function tiltCumulant(order: 0 | 1 | 2): (l: Lanes, t: Value) => Value {
  return (l, t) => {
    const [zero, half, one] = [0, 0.5, 1].map((c) => l.constant(c)) as [Value, Value, Value]
    const size = l.abs(t)
    const by = [(k: number) => 2 * k, () => 1, (k: number) => 1 / (2 * k - 1)][order]!
    const coefficients = bernoulli((k) => factorial(2 * k) * by(k), 11)
    const series = horner(l, coefficients, l.mul(t, t))
    const e = exp(l, l.neg(size))
    const rest = l.sub(one, e)
    const q = l.div(e, rest)
    const reciprocal = l.div(one, size)
    const isPositive = l.gt(t, zero)
    const [near, far] = [
      (): [Value, Value] => [
        l.mul(t, l.add(half, l.mul(t, series))),
        l.add(l.max(t, zero), log(l, l.mul(rest, reciprocal))),
      ],
      (): [Value, Value] => [
        l.add(half, l.mul(t, series)),
        l.select(isPositive, l.sub(l.add(one, q), reciprocal), l.sub(reciprocal, q)),
      ],
      (): [Value, Value] => [series, l.sub(l.mul(reciprocal, reciprocal), l.mul(q, l.add(one, q)))],
    ][order]!()
    return l.select(l.lt(size, one), near, far)
  }
}

/** x·t − K(t). */
export function logTilt(l: Lanes, x: Value, t: Value): Value {
  const zero = l.constant(0)
  const isPositive = l.gt(t, zero)
  const turned = l.select(isPositive, l.sub(x, l.constant(1)), x)
  return l.sub(l.mul(turned, t), tiltCumulant(0)(l, l.neg(l.abs(t))))
}

/** (exp(t·x) − 1)/(eᵗ − 1), for 0 ≤ x ≤ 1. */
export function tiltCdf(l: Lanes, x: Value, t: Value): Value {
  const zero = l.constant(0)
  const cumulant = tiltCumulant(0)
  const value = l.mul(x, exp(l, l.sub(cumulant(l, l.mul(t, x)), cumulant(l, t))))
  return l.select(l.eq(x, zero), zero, value)
}

/** The x with (exp(t·x) − 1)/(eᵗ − 1) = p. */
export function tiltQuantile(l: Lanes, p: Value, t: Value): Value {
  const [zero, half, one, large, tiny] = [0, 0.5, 1, 700, 1e-300].map((c) => l.constant(c)) as [
    Value,
    Value,
    Value,
    Value,
    Value,
  ]
  const rest = l.sub(one, p)
  const isLarge = l.gt(t, large)
  const e = exp(l, l.select(isLarge, l.neg(t), t))
  const mixed = l.select(isLarge, l.add(p, l.mul(rest, e)), l.add(rest, l.mul(p, e)))
  const ofMixed = l.div(log(l, mixed), t)
  const right = l.select(l.eq(p, zero), zero, l.add(one, ofMixed))
  const other = l.div(log1p(l, l.mul(p, expm1(l, t))), t)
  const isLeft = l.both(l.lt(t, zero), l.gt(p, half))
  const finite = l.select(isLarge, right, l.select(isLeft, l.min(ofMixed, one), other))
  return l.select(l.lt(l.abs(t), tiny), p, finite)
}
