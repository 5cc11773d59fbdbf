import { log1mexp as log1mexpOf } from '../../special/log1mexp.ts'
import { logAddExp as logAddExpOf } from '../../special/logAddExp.ts'
import { softplus as softplusOf } from '../../special/softplus.ts'
import { softplusInverse as softplusInverseOf } from '../../special/softplusInverse.ts'
import { xlog1py as xlog1pyOf } from '../../special/xlog1py.ts'
import { xlogy as xlogyOf } from '../../special/xlogy.ts'
import { add, div, mul, neg, sub } from '../arithmetic.ts'
import { isNaN } from '../comparison.ts'
import { elementwise } from '../elementwise.ts'
import { expm1, log, log1p, sigmoid } from '../exponential.ts'
import type { Binary, Join, Real, Unary } from '../real.ts'
import { where } from '../where.ts'
import { ratio } from './ratio.ts'

/** log(1 + eˣ). */
export const softplus: Unary = /* @__PURE__ */ elementwise('softplus', (x) => softplusOf(x), [
  (dy, x) => mul(dy, sigmoid(x!)),
]) as Unary

/** The x with softplus(x) = y, for y > 0: log(eʸ − 1). */
export const softplusInverse: Unary = /* @__PURE__ */ elementwise(
  'softplusInverse',
  (y) => softplusInverseOf(y),
  [(dy, y) => neg(div(dy, expm1(neg(y!))))],
) as Unary

/** log(1 − eˣ), for x < 0. */
export const log1mexp: Unary = /* @__PURE__ */ elementwise('log1mexp', (x) => log1mexpOf(x), [
  (dy, x) => neg(div(dy, expm1(neg(x!)))),
]) as Unary

/** log of the logistic function: −log(1 + e⁻ˣ). */
export function logSigmoid<A extends Real>(x: A): Join<A> {
  return neg(softplus(neg(x))) as Join<A>
}

/** log(eᵃ + eᵇ); −∞ where both are. */
export const logAddExp: Binary = /* @__PURE__ */ elementwise('logAddExp', (a, b) => logAddExpOf(a, b), [
  (dy, a, b) => mul(dy, sigmoid(difference(a!, b!))),
  (dy, a, b) => mul(dy, sigmoid(difference(b!, a!))),
]) as Binary

function difference(a: Real, b: Real): Real {
  const d = sub(a, b)
  return where(isNaN(d), 0, d)
}

/** x·log(y), 0 where x is 0. */
export const xlogy: Binary = /* @__PURE__ */ elementwise('xlogy', (x, y) => xlogyOf(x, y), [
  (dy, _, y) => mul(dy, log(y!)),
  (dy, x, y) => mul(dy, ratio(x!, y!)),
]) as Binary

/** x·log(1 + y), 0 where x is 0. */
export const xlog1py: Binary = /* @__PURE__ */ elementwise('xlog1py', (x, y) => xlog1pyOf(x, y), [
  (dy, _, y) => mul(dy, log1p(y!)),
  (dy, x, y) => mul(dy, ratio(x!, add(1, y!))),
]) as Binary
