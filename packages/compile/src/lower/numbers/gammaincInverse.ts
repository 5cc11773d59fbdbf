import { exp } from '../../wasm/maths/exp.ts'
import { lgammaOfPositive } from '../../wasm/maths/lgamma.ts'
import { lgammaOnePlus } from '../../wasm/maths/lgammaOnePlus.ts'
import { log, log1p } from '../../wasm/maths/log.ts'
import { ndtri } from '../../wasm/maths/ndtri.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { lowerSeries, upperFraction } from './gammaJet.ts'
import { gammaPrefactor, temmeScaledTail, upperOfSmallShape } from './gammaTerms.ts'
import { iterate } from './iterate.ts'
import {
  abs, add, all, any, constant, div, eq, ge, gt, isPositive, le, least, lt, most, mul, neg, not, pick, select, sqrt, square, sub,
} from './number.ts' // prettier-ignore
import { inTemmeRange, temmeEta } from './temme.ts'

/** log Q(a, x) if `isUpper` is 1, log P(a, x) if it is 0: neither underflows. */
const logTail: RoutineOfNumbers = ([a, x, isUpper], into, { call }) => {
  const upper = gt(isUpper!, 0)
  const ofOther = (tail: Value): Value => log1p(l, neg(tail))
  return firstOf(
    into,
    [a!, x!, upper],
    [
      [
        inTemmeRange(a!, x!),
        (a, x, upper) => {
          const { eta } = temmeEta(a!, x!)
          const tail = call(temmeScaledTail, a!, eta)
          const exponent = mul(-0.5, a!, square(eta))
          const own = add(log(l, tail), exponent)
          return select(pick(upper!, ge(eta, 0), le(eta, 0)), own, ofOther(mul(tail, exp(l, exponent))))
        },
      ],
      [all(upper, lt(x!, 1.5), lt(a!, 1)), (a, x) => log(l, call(upperOfSmallShape, a!, x!))],
      [
        any(lt(x!, a!), lt(x!, 1.5)),
        (a, x, upper) => {
          const own = add(call(gammaPrefactor, a!, x!), log(l, call(lowerSeries, a!, x!)))
          return select(upper!, ofOther(exp(l, own)), own)
        },
      ],
    ],
    (a, x, upper) => {
      const own = add(call(gammaPrefactor, a!, x!), log(l, call(upperFraction, a!, x!)))
      return select(upper!, own, ofOther(exp(l, own)))
    },
  )
}

/** Beyond it the error of Wilson & Hilferty's quantile, a^(−3/2) of it, is rounding. */
const NARROW = 1e15

/** x where the lower or the upper tail is `probability` ≤ ½: by Newton's method for its logarithm, as core. */
const solve: RoutineOfNumbers = ([a, probability, isUpper], into, { call }) => {
  const upper = gt(isUpper!, 0)
  const target = log(l, probability!)
  const ofShape = select(lt(a!, 1), lgammaOnePlus(l, a!), lgammaOfPositive(l, add(a!, 1)))
  // P(a, x) → xᵃ/Γ(a + 1) from below, so that this solution is at or below the wanted one.
  const asymptote = div(add(select(upper, log1p(l, neg(probability!)), target), ofShape), a!)
  // Wilson & Hilferty 1931
  const z = ndtri(l, probability!)
  const root = add(sub(1, div(1, mul(9, a!))), div(select(upper, neg(z), z), mul(3, sqrt(a!))))
  const isNormal = all(ge(a!, 0.5), any(upper, gt(asymptote, -1)))
  const guess = most(asymptote, add(log(l, a!), mul(3, log(l, root))))
  const start = select(all(isNormal, gt(root, 0.1)), guess, asymptote)
  return firstOf(
    into,
    [a!, isUpper!, target, asymptote, start, root],
    [
      [lt(asymptote, -37), (...own) => exp(l, own[3]!)],
      [all(isNormal, gt(a!, NARROW)), (a, ...own) => mul(a!, square(own[4]!), own[4]!)],
    ],
    (a, isUpper, target, asymptote, start) => {
      const enough = div(1e-8, add(1, sqrt(a!)))
      const [loop, [, u]] = iterate([constant(0), start!], ([n, u]) => {
        const x = exp(l, u!)
        const tail = call(logTail, a!, x, isUpper!)
        const hazard = exp(l, sub(add(call(gammaPrefactor, a!, x), log(l, a!)), tail))
        const excess = sub(tail, target!)
        const step = div(select(gt(isUpper!, 0), excess, neg(excess)), hazard)
        const count = add(n!, 1)
        return {
          next: [count, most(asymptote!, add(u!, least(step, 1)))],
          again: all(gt(abs(step), enough), lt(count, 200)),
        }
      })
      return [...loop, { variable: into, to: exp(l, u!) }]
    },
  )
}

function inverse(isUpper: 0 | 1): RoutineOfNumbers {
  return ([a, p], into, { call }) => {
    const isShare = all(ge(p!, 0), le(p!, 1))
    const atZero = isUpper ? Infinity : 0
    return firstOf(
      into,
      [a!, p!, isShare],
      [
        [
          not(all(isPositive(a!), isShare)),
          (a, _, isShare) => select(all(eq(a!, 0), isShare!), constant(0), constant(NaN)),
        ],
        [eq(p!, 0), () => constant(atZero)],
        [eq(p!, 1), () => constant(isUpper ? 0 : Infinity)],
      ],
      (a, p) => {
        const isSmall = le(p!, 0.5)
        const side = select(isSmall, isUpper, 1 - isUpper)
        return call(solve, a!, select(isSmall, p!, sub(1, p!)), side)
      },
    )
  }
}

/** The x with P(a, x) = p. */
export const gammaincInverse: RoutineOfNumbers = /* @__PURE__ */ inverse(0)
/** The x with Q(a, x) = q. */
export const gammainccInverse: RoutineOfNumbers = /* @__PURE__ */ inverse(1)
