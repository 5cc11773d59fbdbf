import type { Statement } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { fractionOf, seriesOf } from './converging.ts'
import type { Jet, Jets } from './jets.ts'
import { add, eq, mul, neg, select, sub } from './number.ts'

// ₂F₁(1, a + b; a + 1; x) and its derivatives in a and b.

/** By its power series, for which see core's. */
export function series(jets: Jets, a: Value, b: Value, x: Value): readonly [readonly Statement[], Jet] {
  const both = add(a, b)
  return seriesOf(jets, jets.of(1, { a: 0, b: 0, aa: 0, ab: 0, bb: 0 }), (term, n) => {
    const numerator = jets.of(add(both, sub(n, 1)), { a: 1, b: 1 })
    const ratio = jets.times(numerator, jets.reciprocal(jets.of(add(a, n), { a: 1 })))
    return jets.times(term, jets.scaled(ratio, x))
  })
}

/**
 * By the odd part of the continued fraction of DLMF 8.17.22 (DiDonato and Morris 1992, BFRAC): with λ = a·y − b·x ≥ 0 its
 * terms do not cancel.
 */
export function fraction(
  jets: Jets,
  a: Value,
  b: Value,
  x: Value,
  y: Value,
): readonly [readonly Statement[], Jet] {
  const lambda = jets.of(sub(add(1, mul(a, y)), mul(b, x)), { a: y, b: neg(x) })
  const first = jets.times(lambda, jets.reciprocal(jets.of(add(a, 1), { a: 1 })))
  return fractionOf(jets, first, (n) => {
    const r = jets.reciprocal(jets.of(add(a, sub(mul(2, n), 1)), { a: 1 }))
    const share = mul(n, x)
    const t = jets.times(jets.of(mul(share, sub(b, n)), { b: share }), r)
    const isFirst = eq(n, 1)
    const before = sub(n, 1)
    const ofA = jets.of(select(isFirst, 1, add(a, before)), { a: select(isFirst, 0, 1) })
    const product = jets.times(ofA, jets.of(add(a, b, before), { a: 1, b: 1 }))
    const c = jets.reciprocal(jets.of(add(a, mul(2, n), 1), { a: 1 }))
    const weight = jets.times(jets.of(add(a, n), { a: 1 }), c)
    const line = jets.plus(lambda, jets.of(mul(n, add(1, y))))
    return {
      b: jets.plus(jets.of(n), t, jets.times(weight, line)),
      alpha: jets.times(product, jets.times(t, jets.scaled(r, x))),
    }
  })
}
