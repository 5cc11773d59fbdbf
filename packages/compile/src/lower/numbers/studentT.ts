import { exp } from '../../wasm/maths/exp.ts'
import { digammaDifference } from '../../wasm/maths/gammaDifference.ts'
import { log, logNear } from '../../wasm/maths/log.ts'
import { ndtri } from '../../wasm/maths/ndtri.ts'
import { studentTDfSlope, studentTLogDensity } from '../../wasm/maths/studentT.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { betaincOfShares } from './betainc.ts'
import { betaincInverse } from './betaincInverse.ts'
import { betaincDa, betaincDaa } from './betaJet.ts'
import { betaPrefactor } from './betaTerms.ts'
import { firstOf } from './cases.ts'
import { iterate } from './iterate.ts'
import {
  abs, add, all, any, constant, div, eq, gt, least, lt, mul, neg, not, select, sqrt, square, sub,
} from './number.ts' // prettier-ignore

/** ν/(ν + z²) and what it is less than 1. */
function sharesOf(z: Value, df: Value): readonly [x: Value, y: Value] {
  const sum = add(df, square(z))
  return [div(df, sum), mul(div(z, sum), z)]
}

/** P(T ≤ z) of Student's t distribution: ½·I_x(ν/2, ½) for z ≤ 0 (DLMF 8.17.1). */
export const studentTCdf: RoutineOfNumbers = ([z, df], into, { call }) => {
  const [x, y] = sharesOf(z!, df!)
  return [
    ...firstOf(
      into,
      [z!, df!, x, y],
      [
        [any(not(gt(df!, 0)), not(eq(z!, z!))), () => constant(NaN)],
        [eq(abs(z!), Infinity), () => constant(0)],
        [eq(y, 0), () => constant(0.5)],
      ],
      (_, df, x, y) => mul(0.5, call(betaincOfShares, mul(0.5, df!), constant(0.5), x!, y!)),
    ),
    { variable: into, to: select(gt(z!, 0), sub(1, into.get), into.get) },
  ]
}

/** Beyond it ∂P/∂ν is its first term, φ(z)·(z + z³)/(4ν²) (Johnson, Kotz and Balakrishnan 2, 1995, ch. 28.4). */
const NEARLY_NORMAL = 1e8

/** ∂P/∂ν or ∂²P/∂ν². */
function inDf(order: 1 | 2): RoutineOfNumbers {
  return ([z, df], into, { call }) => {
    const side = neg(abs(z!))
    const [x, y] = sharesOf(side, df!)
    return [
      ...firstOf(
        into,
        [side, df!, x, y],
        [
          [not(eq(z!, z!)), () => constant(NaN)],
          [eq(side, -Infinity), () => constant(0)],
          [
            gt(df!, NEARLY_NORMAL),
            (z, df) => {
              const decay = exp(l, mul(-0.5, z!, z!))
              const scale = mul(0.25 / Math.sqrt(2 * Math.PI), add(z!, mul(z!, z!, z!)))
              const first = div(div(mul(decay, scale), df!), df!)
              return order === 1 ? first : div(mul(-2, first), df!)
            },
          ],
          [eq(y, 0), () => constant(0)],
        ],
        (_, df, x, y) => {
          const [half, own] = [constant(0.5), mul(0.5, df!)]
          // How x moves I_x(ν/2, ½), and the derivative of that in ν: x moves with x·y/ν.
          const moved = div(exp(l, call(betaPrefactor, x!, y!, own, half)), df!)
          if (order === 1) return mul(0.5, add(mul(0.5, call(betaincDa, own, half, x!, y!)), moved))
          const slope = add(logNear(l, x!, neg(y!)), digammaDifference(l, own, half))
          const rest = sub(mul(0.5, y!), div(add(mul(0.5, x!), 1), df!))
          const second = mul(0.25, call(betaincDaa, own, half, x!, y!))
          return mul(0.5, add(second, mul(moved, add(slope, rest))))
        },
      ),
      { variable: into, to: select(gt(z!, 0), neg(into.get), into.get) },
    ]
  }
}

export const studentTCdfDfSlope: RoutineOfNumbers = /* @__PURE__ */ inDf(1)
export const studentTCdfDfCurvature: RoutineOfNumbers = /* @__PURE__ */ inDf(2)

/** −(∂P/∂ν)/p(z): how a draw z moves with ν at a fixed key. */
export const studentTSampleDerivative: RoutineOfNumbers = ([z, df], into, { call }) => {
  const reciprocal = exp(l, neg(studentTLogDensity(l, z!, df!)))
  return [{ variable: into, to: neg(mul(call(studentTCdfDfSlope, z!, df!), reciprocal)) }]
}

/** Its derivative in ν at fixed z. */
export const studentTSampleDerivativeDf: RoutineOfNumbers = ([z, df], into, { call }) => {
  const reciprocal = exp(l, neg(studentTLogDensity(l, z!, df!)))
  const second = mul(call(studentTCdfDfCurvature, z!, df!), reciprocal)
  const first = mul(call(studentTSampleDerivative, z!, df!), studentTDfSlope(l, z!, df!))
  return [{ variable: into, to: neg(add(second, first)) }]
}

/** Beyond it the first term z³/(4ν) of what sets quantiles off from those of the normal distribution is lost. */
const NORMAL = 1e16

/** The z with P(T ≤ z) = p. */
export const studentTQuantile: RoutineOfNumbers = ([p, df], into, { call }) => {
  const tail = least(p!, sub(1, p!))
  return [
    ...firstOf(
      into,
      [tail, df!],
      [
        [eq(tail, 0), () => constant(-Infinity)],
        [gt(df!, NORMAL), (p) => ndtri(l, p!)],
        [
          gt(tail, 0.25),
          (p, df) => {
            const y = call(betaincInverse, constant(0.5), mul(0.5, df!), sub(1, mul(2, p!)))
            return neg(sqrt(div(mul(df!, y), sub(1, y))))
          },
        ],
      ],
      (p, df) => {
        const x = call(betaincInverse, mul(0.5, df!), constant(0.5), mul(2, p!))
        const start = neg(sqrt(mul(div(df!, x), sub(1, x))))
        // 1 − x has lost digits near 1: Newton's method for log P.
        const isExact = not(gt(x, 0.9999))
        const [loop, [, z]] = iterate([constant(0), start], ([n, z]) => {
          const cdf = call(studentTCdf, z!, df!)
          const [ofDf, ofZ] = sharesOf(z!, df!)
          const logDensity = call(betaPrefactor, ofDf, ofZ, mul(0.5, df!), constant(0.5))
          const density = div(exp(l, logDensity), neg(z!))
          const next = sub(z!, div(mul(log(l, div(cdf, p!)), cdf), density))
          const count = add(n!, 1)
          return { next: [count, select(isExact, z!, next)], again: all(not(isExact), lt(count, 3)) }
        })
        return [...loop, { variable: into, to: z! }]
      },
    ),
    { variable: into, to: select(gt(p!, 0.5), neg(into.get), into.get) },
  ]
}
