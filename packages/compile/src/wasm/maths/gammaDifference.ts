import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { log1p } from './log.ts'
import { bernoulli, raise } from './rising.ts'

// In float64: differences of ψ and ψ′ at x and y = x + d, of which every term is differenced by itself (DLMF 5.5.2, 5.11.2, 5.15.5 and
// 5.15.8), however small d is beside x.

/** From here on d is as good as ∞ beside a small x. */
const FAR = 1e30

/** What is summed over the eight steps from a small x to a large one, and the series at large ones. */
interface Terms {
  readonly step: (l: Lanes, d: Value, x: Value, y: Value) => Value
  readonly series: (l: Lanes, d: Value, x: Value, y: Value) => Value
}

function difference(l: Lanes, x: Value, d: Value, terms: Terms): Value {
  const zero = l.constant(0)
  const isBack = l.lt(d, zero)
  const least = l.select(isBack, l.add(x, d), x)
  const size = l.abs(d)
  const { isSmall, small, large } = raise(l, least)
  const near = l.min(size, l.constant(FAR))
  const steps = Array.from({ length: 8 }, (_, i) => {
    const at = l.add(small, l.constant(i))
    return terms.step(l, near, at, l.add(at, near))
  }).reduceRight((sum, term) => l.add(sum, term))
  const series = terms.series(l, size, large, l.add(large, size))
  const value = l.add(l.select(isSmall, steps, zero), series)
  const signed = l.select(isBack, l.neg(value), value)
  const known = l.select(l.lt(least, zero), l.constant(NaN), signed)
  return l.select(l.eq(d, zero), l.div(d, least), known)
}

/** A series Σ cₖ·sᵏ⁻¹ at s = 1/x², and beside it by Horner's rule its divided difference between s and t = 1/y². */
export function divided(
  l: Lanes,
  coefficients: readonly number[],
  s: Value,
  t: Value,
): readonly [value: Value, difference: Value] {
  const [first, ...others] = coefficients.toReversed().map((c) => l.constant(c)) as [Value, ...Value[]]
  return others.reduce<readonly [Value, Value]>(
    ([value, slope], c) => {
      const next = l.add(l.mul(value, s), c)
      return [next, l.add(l.mul(slope, t), next)]
    },
    [first, first],
  )
}

const OF_DIGAMMA: Terms = {
  step: (l, d, x, y) => l.div(d, l.mul(x, y)),
  series: (l, d, x, y) => {
    const one = l.constant(1)
    const [ofX, ofY] = [l.div(one, x), l.div(one, y)]
    const share = l.mul(d, ofX)
    const [, slope] = divided(
      l,
      bernoulli((k) => 2 * k),
      l.mul(ofX, ofX),
      l.mul(ofY, ofY),
    )
    const bend = l.add(l.constant(0.5), l.mul(l.add(ofX, ofY), slope))
    return l.add(log1p(l, share), l.mul(l.mul(share, ofY), bend))
  },
}

/** Of −ψ′. */
const OF_TRIGAMMA: Terms = {
  step: (l, d, x, y) => {
    const product = l.mul(x, y)
    return l.mul(l.div(d, product), l.div(l.add(x, y), product))
  },
  series: (l, d, x, y) => {
    const one = l.constant(1)
    const [ofX, ofY] = [l.div(one, x), l.div(one, y)]
    const both = l.add(ofX, ofY)
    const s = l.mul(ofX, ofX)
    const [value, slope] = divided(
      l,
      bernoulli(() => 1, 11),
      s,
      l.mul(ofY, ofY),
    )
    const bend = l.add(l.mul(value, s), l.mul(l.mul(both, ofY), slope))
    const line = l.add(one, l.mul(l.constant(0.5), both))
    return l.mul(l.mul(l.mul(d, ofX), ofY), l.add(line, bend))
  },
}

/** ψ(x + d) − ψ(x) for x and x + d ≥ 0. */
export function digammaDifference(l: Lanes, x: Value, d: Value): Value {
  return difference(l, x, d, OF_DIGAMMA)
}

/** ψ′(x + d) − ψ′(x) for x and x + d ≥ 0. */
export function trigammaDifference(l: Lanes, x: Value, d: Value): Value {
  return l.sub(l.constant(0), difference(l, x, d, OF_TRIGAMMA))
}
