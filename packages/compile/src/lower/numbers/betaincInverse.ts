import { exp } from '../../wasm/maths/exp.ts'
import { digammaOfPositive, trigammaOfPositive } from '../../wasm/maths/digamma.ts'
import { log, log1p } from '../../wasm/maths/log.ts'
import { ndtri } from '../../wasm/maths/ndtri.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { betaComplementOfSmallShape, betaPrefactor, betaScaledTail } from './betaTerms.ts'
import { firstOf } from './cases.ts'
import { iterate } from './iterate.ts'
import { lbeta } from './lbeta.ts'
import {
  abs, add, all, any, constant, div, eq, ge, gt, isPositive, le, least, lt, most, mul, neg, not, select, sqrt, sub,
} from './number.ts' // prettier-ignore

/** log I_x(a, b), which does not underflow. */
const logOfShares: RoutineOfNumbers = ([a, b, x, y], into, { call }) => {
  const isSmall = (bound: number): Value => all(lt(b!, 0.5), le(y!, bound), le(mul(y!, a!), bound))
  const isOwn = all(lt(a!, 0.5), le(x!, 0.1), le(mul(x!, b!), 0.1))
  const isNear = any(le(mul(x!, b!), mul(y!, a!)), isOwn)
  const logTail = (a: Value, b: Value, x: Value, y: Value): Value =>
    add(call(betaPrefactor, x, y, a, b), log(l, call(betaScaledTail, a, b, x, y)))
  return firstOf(
    into,
    [a!, b!, x!, y!],
    [
      [
        any(isSmall(0.1), all(not(isNear), isSmall(0.7))),
        (a, b, _, y) => log(l, call(betaComplementOfSmallShape, b!, a!, y!)),
      ],
      [isNear, (a, b, x, y) => logTail(a!, b!, x!, y!)],
    ],
    (a, b, x, y) => log1p(l, neg(exp(l, logTail(b!, a!, y!, x!)))),
  )
}

/** log(x/(1 − x)) where I_x(a, b) = p ≤ ½: by Newton's method for the logarithm, as core. */
const logOdds: RoutineOfNumbers = ([a, b, p], into, { call }) => {
  const target = log(l, p!)
  const logBeta = call(lbeta, a!, b!)
  // I_x → (x/(1 − x))ᵃ/(a·B(a, b)) from below as x → 0, so that this solution is at or below the wanted one.
  const asymptote = div(add(target, log(l, a!), logBeta), a!)
  const spread = sqrt(add(trigammaOfPositive(l, a!), trigammaOfPositive(l, b!)))
  const centre = sub(digammaOfPositive(l, a!), digammaOfPositive(l, b!))
  const normal = most(asymptote, add(centre, mul(ndtri(l, p!), spread)))
  // The same from the other end: 1 − I_x → (y/x)ᵇ/(b·B(a, b)) as y → 0.
  const limit = div(neg(add(log1p(l, neg(p!)), log(l, b!), logBeta)), b!)
  const isNormal = all(ge(a!, 0.5), ge(b!, 0.5))
  const isOfEnd = all(not(isNormal), lt(b!, 0.5))
  const start = select(isNormal, normal, select(all(isOfEnd, gt(limit, 2)), limit, asymptote))
  return firstOf(
    into,
    [a!, b!, target, asymptote, start],
    [
      [lt(asymptote, -700), (...own) => own[3]!],
      [all(isOfEnd, gt(limit, 40)), (...own) => own[4]!],
    ],
    (a, b, target, asymptote, start) => {
      const enough = mul(1e-8, least(1, sqrt(add(div(1, a!), div(1, b!)))))
      const [loop, [, u]] = iterate([constant(0), start!], ([n, u]) => {
        const e = exp(l, neg(abs(u!)))
        const [small, large] = [div(e, add(1, e)), div(1, add(1, e))]
        const isLeft = lt(u!, 0)
        const [x, y] = [select(isLeft, small, large), select(isLeft, large, small)]
        const tail = call(logOfShares, a!, b!, x, y)
        const slope = exp(l, sub(call(betaPrefactor, x, y, a!, b!), tail))
        const step = div(sub(target!, tail), slope)
        const count = add(n!, 1)
        return {
          next: [count, most(asymptote!, add(u!, least(step, 2)))],
          again: all(gt(abs(step), enough), lt(count, 200)),
        }
      })
      return [...loop, { variable: into, to: u! }]
    },
  )
}

/** The x with I_x(a, b) = p. */
export const betaincInverse: RoutineOfNumbers = ([a, b, p], into, { call }) =>
  firstOf(
    into,
    [a!, b!, p!],
    [
      [not(all(isPositive(a!), isPositive(b!), ge(p!, 0), le(p!, 1))), () => constant(NaN)],
      [any(eq(p!, 0), eq(p!, 1)), (...own) => own[2]!],
    ],
    (a, b, p) => {
      const isSmall = le(p!, 0.5)
      const q = select(isSmall, p!, sub(1, p!))
      const u = call(logOdds, select(isSmall, a!, b!), select(isSmall, b!, a!), q)
      const signed = select(isSmall, u, neg(u))
      const e = exp(l, neg(abs(signed)))
      return div(select(lt(signed, 0), e, 1), add(1, e))
    },
  )

/** The odds x/(1 − x) where I_x(a, b) = p. */
export const oddsOfBetainc: RoutineOfNumbers = ([a, b, p], into, { call }) => {
  const x = call(betaincInverse, a!, b!, p!)
  const rest = sub(1, x)
  const ofRest = (y: Value): Value => div(sub(1, y), y)
  return firstOf(
    into,
    [a!, b!, p!, x, rest],
    [
      [le(x, 0.5), (...own) => div(own[3]!, own[4]!)],
      // Of the roundings of 1 − x and 1 − p, that of the larger.
      [gt(rest, p!), (...own) => ofRest(own[4]!)],
    ],
    (a, b, p) => ofRest(call(betaincInverse, b!, a!, sub(1, p!))),
  )
}
