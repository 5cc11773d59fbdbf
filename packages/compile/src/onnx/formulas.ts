import type { Constants } from '@variate/core/internal'
import { inDouble, type Formula } from '../wasm/inDouble.ts'
import { lgamma } from '../wasm/maths/lgamma.ts'
import { log } from '../wasm/maths/log.ts'
import { lbetaOfPositive } from '../wasm/maths/logBetaDensity.ts'
import { pow } from '../wasm/maths/pow.ts'
import type { Value } from '../wasm/value.ts'

/** log |B(a, b)|; ∞ where one is 0 and the other is not less. */
const lbeta: Formula = /* @__PURE__ */ inDouble((l, a, b) => {
  const c = (x: number): Value => l.constant(x)
  const isUsual = (x: Value): Value => l.both(l.gt(x, c(1e-30)), l.lt(x, c(1e300)))
  const [small, large] = [l.min(a!, b!), l.max(a!, b!)]
  const sum = l.add(small, large)
  const rest = l.select(
    l.eq(sum, large),
    l.neg(l.mul(small, log(l, large))),
    l.sub(lgamma(l, large), lgamma(l, sum)),
  )
  const ofInfinite = l.select(l.gt(small, c(0)), c(-Infinity), c(NaN))
  const finite = l.select(l.eq(large, c(Infinity)), ofInfinite, l.add(lgamma(l, small), rest))
  const other = l.select(l.eq(small, c(0)), c(Infinity), finite)
  return l.select(l.both(isUsual(a!), isUsual(b!)), lbetaOfPositive(l, a!, b!), other)
})

/** log π. */
const LOG_PI = 1.1447298858494002

/** p(p − 1)/4·log π + Σ log Γ(x − j/2), j = 0 … p − 1. */
const multivariateLgamma = (p: number): Formula =>
  inDouble((l, x) => {
    const halves = Array.from({ length: p }, (_, j) => lgamma(l, l.sub(x!, l.constant(j / 2))))
    const start = l.constant((p * (p - 1) * LOG_PI) / 4)
    const sum = halves.reduce((a, b) => l.add(a, b), start)
    return l.select(l.ge(x!, l.constant((p - 1) / 2)), sum, l.constant(NaN))
  })

/** The rest of a / b, with the sign of b. */
const mod: Formula = (l, a, b) => {
  const { rest } = l.primitives!
  const zero = l.constant(0)
  const own = rest(a!, b!)
  const areAlike = l.either(l.both(l.lt(a!, zero), l.lt(b!, zero)), l.both(l.ge(a!, zero), l.ge(b!, zero)))
  return l.select(areAlike, own, rest(l.add(own, b!), b!))
}

const OWN: Readonly<Record<string, Formula>> = { lbeta, mod, wholePow: (l, a, b) => pow(l, a!, b!) }

/** Formulas of what compiled code computes by branches or in JavaScript. */
export function ownFormulaOf(op: string, constants: Constants): Formula | undefined {
  const p = constants[1]
  return op === 'multivariateLgamma' && typeof p === 'number' ? multivariateLgamma(p) : OWN[op]
}
