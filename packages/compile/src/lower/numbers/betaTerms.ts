import { exp, expAndExpm1 } from '../../wasm/maths/exp.ts'
import { lgammaDifference } from '../../wasm/maths/lgammaDifference.ts'
import { lgammaOnePlus } from '../../wasm/maths/lgammaOnePlus.ts'
import { log, logAndDeviance, logNear } from '../../wasm/maths/log.ts'
import { logOfPair, pairOfGammas } from '../../wasm/maths/pairOfGammas.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { fraction, series } from './betaFraction.ts'
import { firstOf } from './cases.ts'
import { quadrature } from './gaussLegendre.ts'
import { iterate } from './iterate.ts'
import { Jets } from './jets.ts'
import {
  abs, add, all, any, constant, div, ge, gt, le, least, lt, most, mul, neg, not, select, sqrt, square, sub,
} from './number.ts' // prettier-ignore

// What the incomplete beta function is made of, by the methods of core; x + y = 1.

/** Below it 1/B(a, b) is a·b/(a + b) where b is less than 1 as well, and a where it is not. */
const TINY = 1e-30

/** log(xᵃ·yᵇ/B(a, b)), given x, y, a, b > 0. */
export const betaPrefactor: RoutineOfNumbers = ([x, y, a, b], into) => {
  const [low, high] = [least(a!, b!), most(a!, b!)]
  return firstOf(
    into,
    [x!, y!, a!, b!, low, high],
    [
      [
        lt(low, TINY),
        (x, y, a, b, low, high) => {
          const powers = add(mul(a!, logNear(l, x!, neg(y!))), mul(b!, logNear(l, y!, neg(x!))))
          return add(powers, log(l, div(low!, add(1, div(low!, high!)))))
        },
      ],
    ],
    (x, y, a, b) => logOfPair(l, pairOfGammas(l, a!, b!), x!, y!, [0, 0], constant(1)),
  )
}

/** Whether the terms of the power series soon fall below half of their predecessors. */
export function seriesIsShort(a: Value, b: Value, x: Value): Value {
  const falls = le(mul(x, add(a, b)), mul(0.7, add(a, 1)))
  return all(not(gt(x, 0.7)), any(falls, all(lt(a, 20), lt(x, 0.3))))
}

/** Whether the continued fraction would take some √max(a, b) steps near the mean. */
export function quadratureIsShorter(a: Value, b: Value): Value {
  return all(ge(a, 20), ge(b, 20), gt(add(a, b), 2000))
}

const VALUE = /* @__PURE__ */ new Jets(['value'])

/** I_x(a, b)·B(a, b)/(xᵃ·yᵇ) for x ≤ a/(a + b). */
export const betaScaledTail: RoutineOfNumbers = ([a, b, x, y], into, { call, address }) =>
  firstOf(
    into,
    [a!, b!, x!, y!],
    [
      [
        seriesIsShort(a!, b!, x!),
        (a, b, x) => {
          const [statements, { value }] = series(VALUE, a!, b!, x!)
          return [...statements, { variable: into, to: div(value, a!) }]
        },
      ],
      [
        quadratureIsShorter(a!, b!),
        (a, b, x, y) => {
          const { end, at } = integrand(a!, b!, x!, y!, call)
          const [statements, [sum]] = quadrature(address, (node, weight) => [mul(weight, at(node).f)])
          return [...statements, { variable: into, to: div(mul(sum!, end), y!) }]
        },
      ],
    ],
    (a, b, x, y) => {
      const [statements, { value }] = fraction(VALUE, a!, b!, x!, y!)
      return [...statements, { variable: into, to: div(value, a!) }]
    },
  )

/** u − log(1 + u). */
function deviance(u: Value): Value {
  return logAndDeviance(l, add(1, u), u).deviance
}

/**
 * t^(a − 1)·(1 − t)^(b − 1) over t = x·(1 − v), 0 ≤ v ≤ end, divided by xᵃ·yᵇ. The exponent is written by its slope at x and
 * by deviances, so that nothing large cancels.
 */
export function integrand(
  a: Value,
  b: Value,
  x: Value,
  y: Value,
  call: (routine: RoutineOfNumbers, ...args: readonly Value[]) => Value,
): {
  readonly end: Value
  /** At a share of the way: its value, v and log(1 − v) + v, w = x·v/y and w − log(1 + w). */
  readonly at: (node: Value) => Readonly<Record<'f' | 'v' | 'ofV' | 'w' | 'ofW', Value>>
} {
  const odds = div(x, y)
  const slope = div(sub(mul(a, y), mul(b, x)), y)
  const end = call(quadratureEnd, a, b, odds, slope)
  return {
    end,
    at: (node) => {
      const v = mul(end, node)
      const w = mul(v, odds)
      const [ofV, ofW] = [deviance(neg(v)), deviance(w)]
      const exponent = neg(add(mul(slope, v), mul(a, ofV), mul(b, ofW)))
      return { f: div(exp(l, exponent), mul(sub(1, v), add(1, w))), v, ofV, w, ofW }
    },
  }
}

/** Where the integrand has fallen below e⁻³⁸ of its value at x: Newton's method on the convex exponent. */
const quadratureEnd: RoutineOfNumbers = ([a, b, odds, slope], into) => {
  const curvature = add(a!, mul(b!, square(odds!)))
  const start = div(76, add(slope!, sqrt(add(square(slope!), mul(76, curvature)))))
  const [loop, [, end]] = iterate([constant(0), start], ([i, v]) => {
    const w = mul(v!, odds!)
    const excess = sub(add(mul(slope!, v!), mul(a!, deviance(neg(v!))), mul(b!, deviance(w))), 38)
    const ofV = div(mul(a!, v!), sub(1, v!))
    const rate = add(slope!, ofV, div(mul(b!, odds!, w), add(1, w)))
    const next = add(i!, 1)
    return { next: [next, select(ge(v!, 1), 1, sub(v!, div(excess, rate)))], again: lt(next, 4) }
  })
  return [...loop, { variable: into, to: select(lt(end!, 1), end!, 1) }]
}

/**
 * 1 − I_x(a, b) for a < ½ and x ≤ 0.7·min(1, 1/b), which may be small although x ≤ a/(a + b): the difference of
 * xᵃ/(a·B(a, b)) from 1 is taken apart from the power series in x.
 */
export const betaComplementOfSmallShape: RoutineOfNumbers = ([a, b, x], into) => {
  const logPower = add(mul(a!, log(l, x!)), sub(lgammaDifference(l, b!, a!), lgammaOnePlus(l, a!)))
  const [power, excess] = expAndExpm1(l, logPower)
  const [loop, [, , sum]] = iterate([constant(0), constant(1), constant(0)], ([before, term, sum]) => {
    const n = add(before!, 1)
    const next = mul(term!, div(mul(x!, sub(n, b!)), n))
    const part = div(next, add(a!, n))
    const total = add(sum!, part)
    return { next: [n, next, total], again: gt(abs(part), mul(1e-17, abs(total))) }
  })
  return [...loop, { variable: into, to: sub(neg(excess), mul(power, a!, sum!)) }]
}
