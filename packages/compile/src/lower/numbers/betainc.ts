import { exp } from '../../wasm/maths/exp.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers, Surroundings } from '../routinesOfNumbers.ts'
import { betaComplementOfSmallShape, betaPrefactor, betaScaledTail } from './betaTerms.ts'
import { firstOf } from './cases.ts'
import { add, all, any, constant, div, eq, ge, gt, le, lt, mul, not, sub } from './number.ts'

/** I_x(a, b), the regularised incomplete beta function, for a, b > 0 and 0 < x < 1 with y = 1 − x. */
export const betaincOfShares: RoutineOfNumbers = ([a, b, x, y], into, { call }) => {
  const isSmall = (bound: number): Value => all(lt(b!, 0.5), le(y!, bound), le(mul(y!, a!), bound))
  const isOwn = all(lt(a!, 0.5), le(x!, 0.1), le(mul(x!, b!), 0.1))
  const complement = (a: Value, b: Value, y: Value): Value => call(betaComplementOfSmallShape, b, a, y)
  return firstOf(
    into,
    [a!, b!, x!, y!],
    [
      [isSmall(0.1), (a, b, _, y) => complement(a!, b!, y!)],
      [any(le(mul(x!, b!), mul(y!, a!)), isOwn), (a, b, x, y) => tail(a!, b!, x!, y!, call)],
      [isSmall(0.7), (a, b, _, y) => complement(a!, b!, y!)],
    ],
    (a, b, x, y) => sub(1, tail(b!, a!, y!, x!, call)),
  )
}

function tail(a: Value, b: Value, x: Value, y: Value, call: Surroundings['call']): Value {
  return mul(exp(l, call(betaPrefactor, x, y, a, b)), call(betaScaledTail, a, b, x, y))
}

/** I(a, b) at x/(x + y), for x, y ≥ 0. */
export const betaincOfOdds: RoutineOfNumbers = ([a, b, x, y], into, { call }) => {
  const sum = add(x!, y!)
  const isDefined = all(gt(a!, 0), gt(b!, 0), ge(x!, 0), ge(y!, 0), gt(sum, 0))
  return firstOf(
    into,
    [a!, b!, x!, y!, sum],
    [
      [not(isDefined), () => constant(NaN)],
      [any(eq(x!, 0), eq(y!, Infinity), eq(a!, Infinity)), () => constant(0)],
      [any(eq(y!, 0), eq(x!, Infinity), eq(b!, Infinity)), () => constant(1)],
    ],
    (a, b, x, y, sum) => call(betaincOfShares, a!, b!, div(x!, sum!), div(y!, sum!)),
  )
}
