import { exp } from '../../wasm/maths/exp.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers, Surroundings } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { lowerSeries, upperFraction } from './gammaJet.ts'
import { gammaPrefactor, temmeTail, upperOfSmallShape } from './gammaTerms.ts'
import { all, any, constant, eq, ge, isPositive, lt, mul, not, select, sub } from './number.ts'
import { inTemmeRange } from './temme.ts'

/** P(a, x), the regularised lower incomplete gamma function. */
export const gammainc: RoutineOfNumbers = ([a, x], into, { call }) =>
  firstOf(
    into,
    [a!, x!],
    [
      [isEnd(a!, x!), (a, x) => limit(a!, x!)],
      [
        inTemmeRange(a!, x!),
        (a, x) => {
          const tail = call(temmeTail, a!, x!)
          return select(lt(x!, a!), tail, sub(1, tail))
        },
      ],
      [any(lt(x!, a!), lt(x!, 1.5)), (a, x) => lower(a!, x!, call)],
    ],
    (a, x) => sub(1, upper(a!, x!, call)),
  )

/** Q(a, x) = 1 − P(a, x), exact in the right tail. */
export const gammaincc: RoutineOfNumbers = ([a, x], into, { call }) =>
  firstOf(
    into,
    [a!, x!],
    [
      [isEnd(a!, x!), (a, x) => sub(1, limit(a!, x!))],
      [
        inTemmeRange(a!, x!),
        (a, x) => {
          const tail = call(temmeTail, a!, x!)
          return select(lt(x!, a!), sub(1, tail), tail)
        },
      ],
      [all(lt(x!, 1.5), lt(a!, 1)), (a, x) => call(upperOfSmallShape, a!, x!)],
      [any(lt(x!, a!), lt(x!, 1.5)), (a, x) => sub(1, lower(a!, x!, call))],
    ],
    (a, x) => upper(a!, x!, call),
  )

type Call = Surroundings['call']

function lower(a: Value, x: Value, call: Call): Value {
  return mul(exp(l, call(gammaPrefactor, a, x)), call(lowerSeries, a, x))
}

function upper(a: Value, x: Value, call: Call): Value {
  return mul(exp(l, call(gammaPrefactor, a, x)), call(upperFraction, a, x))
}

function isEnd(a: Value, x: Value): Value {
  return not(all(isPositive(a), isPositive(x)))
}

/** P(a, x) where a or x is 0 or infinite. */
function limit(a: Value, x: Value): Value {
  const [none, one] = [constant(NaN), constant(1)]
  const isZero = eq(x, 0)
  const ofInfinite = select(eq(x, Infinity), none, 0)
  const ofOther = select(isZero, 0, select(eq(a, Infinity), ofInfinite, one))
  const value = select(eq(a, 0), select(isZero, none, one), ofOther)
  return select(all(ge(a, 0), ge(x, 0)), value, none)
}
