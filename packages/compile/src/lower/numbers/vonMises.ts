import { exp } from '../../wasm/maths/exp.ts'
import { i0e } from '../../wasm/maths/bessel.ts'
import { asin } from '../../wasm/maths/inverseTrigonometric.ts'
import { sin, sinAndCosOfPi } from '../../wasm/maths/trigonometric.ts'
import type { Statement } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers, Surroundings } from '../routinesOfNumbers.ts'
import { besselRatioComplement, besselRatioSlope } from './bessel.ts'
import { firstOf } from './cases.ts'
import { quadrature } from './gaussLegendre.ts'
import { iterate } from './iterate.ts'
import {
  abs, add, all, any, constant, div, eq, ge, gt, le, least, lt, most, mul, neg, not, select, sqrt, square, sub,
} from './number.ts' // prettier-ignore

const TWO_PI = 2 * Math.PI

/** sin x and cos x for 0 ≤ x ≤ π/2. */
function sinAndCos(x: Value): readonly [sin: Value, cos: Value] {
  const [s, c] = sinAndCosOfPi(l, mul(1 / TWO_PI, x))
  return [mul(2, s, c), sub(1, mul(2, s, s))]
}

/**
 * ∫ f(t)·exp(κ·(cos t − cos x)) dt from x to π, 0 ≤ x ≤ π, for functions of sin(t/2): with z = 2·sin(t/2) the exponent is
 * −κ·z²/2, and it is integrated until it has fallen by 38 below its value at x.
 */
function integrals(
  x: Value,
  kappa: Value,
  { address }: Surroundings,
  functions: (half: () => Value) => readonly Value[],
): readonly [statements: readonly Statement[], integrals: readonly Value[]] {
  const [sine, cosine] = sinAndCos(mul(0.5, x))
  const furthest = sqrt(add(mul(4, square(sine)), div(76, kappa)))
  const end = select(lt(furthest, 2), mul(2, asin(l, mul(0.5, furthest))), Math.PI)
  const width = sub(end, x)
  const [sineOfX, cosineOfX] = [mul(2, sine, cosine), sub(1, mul(2, sine, sine))]
  const [statements, sums] = quadrature(address, (node, weight) => {
    const [s, c] = sinAndCos(mul(0.5, width, node))
    // sin²(t/2) − sin²(x/2) = sin((t + x)/2)·sin((t − x)/2)
    const ofSum = add(mul(sineOfX, c), mul(cosineOfX, s))
    const w = mul(weight, exp(l, mul(-2, kappa, ofSum, s)))
    return functions(() => add(mul(sine, c), mul(cosine, s))).map((f) => mul(w, f))
  })
  return [statements, sums.map((sum) => mul(width, sum))]
}

/** The upper tail over the density at x, 0 ≤ x ≤ π. */
const scaledTail: RoutineOfNumbers = ([x, kappa], into, surroundings) => {
  const [statements, [tail]] = integrals(x!, kappa!, surroundings, () => [constant(1)])
  return [...statements, { variable: into, to: tail! }]
}

/** Its first and second derivative in κ, over the same. */
function tailInKappa(order: 1 | 2): RoutineOfNumbers {
  return ([x, kappa], into, surroundings) => {
    const complement = surroundings.call(besselRatioComplement, kappa!)
    const slope = order === 2 ? surroundings.call(besselRatioSlope, kappa!) : constant(0)
    const [statements, [tail]] = integrals(x!, kappa!, surroundings, (half) => {
      const c = sub(complement, mul(2, square(half())))
      return [order === 1 ? c : sub(square(c), slope)]
    })
    return [...statements, { variable: into, to: tail! }]
  }
}
const first: RoutineOfNumbers = /* @__PURE__ */ tailInKappa(1)
const second: RoutineOfNumbers = /* @__PURE__ */ tailInKappa(2)

const density: RoutineOfNumbers = ([x, kappa], into) => {
  const exponent = mul(-2, kappa!, square(sin(l, mul(0.5, x!))))
  return [{ variable: into, to: div(exp(l, exponent), mul(TWO_PI, i0e(l, kappa!))) }]
}

/** How often x is around, and the angle from −π to π. */
function turned(x: Value): readonly [turns: Value, angle: Value] {
  const turns = l.floor(add(div(x, TWO_PI), 0.5))
  return [turns, sub(x, mul(turns, TWO_PI))]
}

const sign = (x: Value): Value => select(gt(x, 0), 1, select(lt(x, 0), -1, x))

/** The distribution function around 0, from −π; beyond, every turn counts one more. */
export const vonMisesCdf: RoutineOfNumbers = ([x, kappa], into, { call }) =>
  firstOf(
    into,
    [x!, kappa!],
    [[not(all(ge(kappa!, 0), lt(abs(x!), Infinity))), () => constant(NaN)]],
    (x, kappa) => {
      const [turns, angle] = turned(x!)
      const size = abs(angle)
      const scale = call(density, size, kappa!)
      const tail = select(eq(scale, 0), 0, mul(scale, call(scaledTail, size, kappa!)))
      return add(turns, select(lt(angle, 0), tail, sub(1, tail)))
    },
  )

/** How a draw x around 0 moves with κ, its probability held. */
export const vonMisesSampleDerivative: RoutineOfNumbers = ([kappa, x], into, { call }) => {
  const [, angle] = turned(x!)
  return [{ variable: into, to: mul(sign(angle), call(first, abs(angle), kappa!)) }]
}

export const vonMisesSampleDerivativeDk: RoutineOfNumbers = ([kappa, x], into, { call }) => {
  const [, angle] = turned(x!)
  const size = abs(angle)
  const half = sin(l, mul(0.5, angle))
  const score = sub(call(besselRatioComplement, kappa!), mul(2, square(half)))
  const slope = sub(call(second, size, kappa!), mul(call(first, size, kappa!), score))
  return [{ variable: into, to: mul(sign(angle), slope) }]
}

/** The derivatives of the distribution function in κ. */
export const vonMisesCdfDk: RoutineOfNumbers = ([x, kappa], into, { call }) => {
  const moved = call(vonMisesSampleDerivative, kappa!, x!)
  return [{ variable: into, to: neg(mul(call(density, x!, kappa!), moved)) }]
}

export const vonMisesCdfDkk: RoutineOfNumbers = ([x, kappa], into, { call }) => {
  const [, angle] = turned(x!)
  const tail = call(second, abs(angle), kappa!)
  const signed = select(lt(angle, 0), tail, neg(tail))
  return [{ variable: into, to: mul(call(density, x!, kappa!), signed) }]
}

/** The angle from 0 to π beyond which the probability is q ≤ ½: Newton's method for a convex function, from below. */
const angleBeyond: RoutineOfNumbers = ([q, kappa], into, { call }) => {
  const [loop, [, x]] = iterate([constant(0), constant(0)], ([n, x]) => {
    const step = sub(call(scaledTail, x!, kappa!), div(q!, call(density, x!, kappa!)))
    const next = least(add(x!, most(step, 0)), Math.PI)
    const count = add(n!, 1)
    return { next: [count, next], again: all(gt(step, mul(1e-15, next)), lt(count, 100)) }
  })
  return [...loop, { variable: into, to: x! }]
}

/** The x from −π to π where the distribution function around `loc`, from −π, is p. */
export const vonMisesQuantile: RoutineOfNumbers = ([p, loc, kappa], into, { call }) =>
  firstOf(
    into,
    [p!, loc!, kappa!],
    [
      [not(all(ge(p!, 0), le(p!, 1), ge(kappa!, 0))), () => constant(NaN)],
      [any(eq(p!, 0), eq(p!, 1)), (p) => select(eq(p!, 0), -Math.PI, Math.PI)],
    ],
    (p, loc, kappa) => {
      const total = add(p!, call(vonMisesCdf, sub(-Math.PI, loc!), kappa!))
      const turns = l.floor(total)
      const within = sub(total, turns)
      const isRight = gt(within, 0.5)
      const size = call(angleBeyond, select(isRight, sub(1, within), within), kappa!)
      const angle = add(loc!, select(isRight, size, neg(size)), mul(TWO_PI, turns))
      return least(most(angle, -Math.PI), Math.PI)
    },
  )
