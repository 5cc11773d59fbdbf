import type { Lanes } from '../lanes.ts'
import type { Value } from '../value.ts'
import { divided } from './gammaDifference.ts'
import { log, log1p } from './log.ts'
import { bernoulli, raise } from './rising.ts'

// In float64.

/** log Γ(x + d) − log Γ(x) for x > 0 and 0 ≤ d ≤ 1: Stirling's series differenced term by term, exact beside d. */
export function lgammaDifference(l: Lanes, x: Value, d: Value): Value {
  const [half, one] = [l.constant(0.5), l.constant(1)]
  const { isSmall, small, large } = raise(l, x)
  const moved = l.add(large, d)
  const [ofLarge, ofMoved] = [l.div(one, large), l.div(one, moved)]
  // The series is f(r²)/r at r = 1/x: its difference is d·r·(r·f(r²)/r² − (r + s)·f[r², s²]), s = 1/(x + d).
  const coefficients = bernoulli((k) => 2 * k * (2 * k - 1))
  const [value, slope] = divided(l, coefficients, l.mul(ofLarge, ofLarge), l.mul(ofMoved, ofMoved))
  const bend = l.sub(l.mul(l.add(ofLarge, ofMoved), slope), l.mul(ofLarge, value))
  const series = l.mul(l.mul(d, ofLarge), bend)
  const line = l.mul(l.sub(large, half), log1p(l, l.mul(d, ofLarge)))
  const far = l.sub(l.add(line, l.mul(d, l.sub(log(l, moved), one))), series)
  // The product of 1 + d/(x + k), less 1.
  const excess = Array.from({ length: 8 }, (_, k) => l.div(d, l.add(small, l.constant(k)))).reduce(
    (sum, share) => l.add(sum, l.mul(share, l.add(one, sum))),
  )
  return l.sub(far, l.select(isSmall, log1p(l, excess), l.constant(0)))
}
