import { exp } from '../../wasm/maths/exp.ts'
import { log } from '../../wasm/maths/log.ts'
import { HALF_LOG_TWO_PI } from '../../wasm/maths/logTerm.ts'
import {
  truncatedNormalIsNarrow,
  truncatedNormalIsWide,
  truncatedNormalOrigin,
} from '../../wasm/maths/truncatedNormal.ts'
import type { Statement } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers, Surroundings } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { quadrature } from './gaussLegendre.ts'
import { add, constant, div, least, mul, neg, select, sqrt, square, sub } from './number.ts'

// The standard normal distribution on [a, a + w], by the excess v over an origin m, as core.

/** exp(−40) is below the rounding of the integral. */
const REACH = 80

const bell: RoutineOfNumbers = ([v, m], into) => [
  { variable: into, to: exp(l, mul(-0.5, v!, add(v!, mul(2, m!)))) },
]

/** ∫ f·dv over the density exp(−v·(v + 2m)/2), of several functions of v. */
function integrals(
  a: Value,
  w: Value,
  { call, address }: Pick<Surroundings, 'call' | 'address'>,
  functions: (v: Value) => readonly Value[],
): readonly [statements: readonly Statement[], integrals: readonly Value[]] {
  const isNarrow = truncatedNormalIsNarrow(l, a, w)
  const isWide = truncatedNormalIsWide(l, a, w)
  const m = truncatedNormalOrigin(l, a, w)
  const half = mul(0.5, w)
  const reach = div(REACH, add(m, sqrt(add(square(m), REACH))))
  const right = least(select(isNarrow, half, add(sub(a, m), w)), reach)
  const left = select(isNarrow, half, select(isWide, least(neg(a), Math.sqrt(REACH)), 0))
  return quadrature(address, (node, weight) => {
    // The sides are mirror images, so that what is symmetric has mean 0 exactly.
    const [atRight, atLeft] = [1, -1].map((side) => {
      const end = side > 0 ? right : left
      const v = mul(side, end, node)
      const scale = mul(end, weight, call(bell, v, m))
      return functions(v).map((f) => mul(scale, f))
    })
    return atRight!.map((x, i) => add(x, atLeft![i]!))
  })
}

/** log(Φ(a + w) − Φ(a)) + m²/2, minus log w of a narrow interval. */
export const truncatedNormalLogMass: RoutineOfNumbers = ([a, w], into, surroundings) => {
  const [statements, [mass]] = integrals(a!, w!, surroundings, () => [constant(1)])
  const scaled = select(truncatedNormalIsNarrow(l, a!, w!), div(mass!, w!), mass!)
  return [...statements, { variable: into, to: sub(log(l, scaled), HALF_LOG_TWO_PI) }]
}

/** The mean of v. */
export const truncatedNormalMean: RoutineOfNumbers = ([a, w], into, surroundings) => {
  const [statements, [mass, first]] = integrals(a!, w!, surroundings, (v) => [constant(1), v])
  return [...statements, { variable: into, to: div(first!, mass!) }]
}

function centralMoment(order: 2 | 3): RoutineOfNumbers {
  return ([a, w], into, surroundings) => {
    const centre = surroundings.call(truncatedNormalMean, a!, w!)
    const [statements, [mass, moment]] = integrals(a!, w!, surroundings, (v) => {
      const distance = sub(v, centre)
      return [constant(1), mul(...Array<Value>(order).fill(distance))]
    })
    return [...statements, { variable: into, to: div(moment!, mass!) }]
  }
}

export const truncatedNormalVariance: RoutineOfNumbers = /* @__PURE__ */ centralMoment(2)
export const truncatedNormalThirdMoment: RoutineOfNumbers = /* @__PURE__ */ centralMoment(3)

/** A number of a narrow interval, 0 of another. */
function ofNarrow(f: RoutineOfNumbers): RoutineOfNumbers {
  return ([a, w], into, { call }) =>
    firstOf(into, [a!, w!], [[truncatedNormalIsNarrow(l, a!, w!), (a, w) => call(f, a!, w!)]], () =>
      constant(0),
    )
}

/** How the log density moves with w at fixed v/w. */
function slopeAt(v: Value, a: Value, w: Value): Value {
  const ofOrigin = mul(add(truncatedNormalOrigin(l, a, w), v), div(v, w))
  return neg(add(ofOrigin, mul(0.5, v)))
}

const massSlope: RoutineOfNumbers = ([a, w], into, surroundings) => {
  const [statements, [mass, slope]] = integrals(a!, w!, surroundings, (v) => [
    constant(1),
    slopeAt(v, a!, w!),
  ])
  return [...statements, { variable: into, to: div(slope!, mass!) }]
}

/** Derivatives in w of a narrow interval, at fixed v/w: of the log mass, of the mean, and the second one of the log mass. */
export const truncatedNormalNarrowMassSlope: RoutineOfNumbers = /* @__PURE__ */ ofNarrow(massSlope)

export const truncatedNormalNarrowMeanSlope: RoutineOfNumbers = /* @__PURE__ */ ofNarrow(
  ([a, w], into, surroundings) => {
    const centre = surroundings.call(truncatedNormalMean, a!, w!)
    const [statements, [mass, slope]] = integrals(a!, w!, surroundings, (v) => [
      constant(1),
      mul(sub(v, centre), slopeAt(v, a!, w!)),
    ])
    return [...statements, { variable: into, to: add(div(centre, w!), div(slope!, mass!)) }]
  },
)

export const truncatedNormalNarrowCurvature: RoutineOfNumbers = /* @__PURE__ */ ofNarrow(
  ([a, w], into, surroundings) => {
    const centre = surroundings.call(massSlope, a!, w!)
    const [statements, [mass, bend]] = integrals(a!, w!, surroundings, (v) => {
      const share = div(v, w!)
      const spread = square(sub(slopeAt(v, a!, w!), centre))
      return [constant(1), sub(spread, mul(share, add(share, 1)))]
    })
    return [...statements, { variable: into, to: div(bend!, mass!) }]
  },
)
