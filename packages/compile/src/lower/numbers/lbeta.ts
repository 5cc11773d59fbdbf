import { lbetaOfPositive } from '../../wasm/maths/logBetaDensity.ts'
import { log } from '../../wasm/maths/log.ts'
import { lgamma } from '../../wasm/maths/lgamma.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { add, all, constant, eq, gt, least, lt, most, mul, neg, select, sub } from './number.ts'

/** log |Γ(x)|. */
const logGamma: RoutineOfNumbers = ([x], into) => [{ variable: into, to: lgamma(l, x!) }]

const isUsual = (x: Value): Value => all(gt(x, 1e-30), lt(x, 1e300))

/** log |B(a, b)|; ∞ where one is 0 and the other is not less. */
export const lbeta: RoutineOfNumbers = ([a, b], into, { call }) =>
  firstOf(into, [a!, b!], [[all(isUsual(a!), isUsual(b!)), (a, b) => lbetaOfPositive(l, a!, b!)]], (a, b) => {
    const [small, large] = [least(a!, b!), most(a!, b!)]
    const sum = add(small, large)
    const rest = select(
      eq(sum, large),
      neg(mul(small, log(l, large))),
      sub(call(logGamma, large), call(logGamma, sum)),
    )
    const value = add(call(logGamma, small), rest)
    const ofInfinite = select(gt(small, 0), constant(-Infinity), constant(NaN))
    return select(eq(small, 0), Infinity, select(eq(large, Infinity), ofInfinite, value))
  })
