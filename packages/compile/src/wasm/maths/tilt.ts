import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { exp } from './exp.ts'
import { horner } from './horner.ts'
import { log } from './log.ts'
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
