import { exp } from '../../wasm/maths/exp.ts'
import { log } from '../../wasm/maths/log.ts'
import { logNdtr } from '../../wasm/maths/ndtr.ts'
import { ndtri } from '../../wasm/maths/ndtri.ts'
import { logAddExp } from '../../wasm/maths/stable.ts'
import { truncatedNormalIsNarrow, truncatedNormalOrigin } from '../../wasm/maths/truncatedNormal.ts'
import type { Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { iterate } from './iterate.ts'
import {
  abs, add, all, any, constant, div, eq, ge, gt, le, least, lt, most, mul, neg, not, pick, select, sqrt, sub,
} from './number.ts' // prettier-ignore
import { truncatedNormalLogMass } from './truncatedNormal.ts'

/** The end of [low, high] that is nearest to 0, of the interval or of its mirror image. */
const nearEnd = (low: Value, high: Value): Value => select(lt(high, neg(low)), neg(high), low)

/** log(Φ(a + w) − Φ(a)) + m²/2. */
const logMass: RoutineOfNumbers = ([a, w], into, { call }) => {
  const scale = select(truncatedNormalIsNarrow(l, a!, w!), log(l, w!), 0)
  return [{ variable: into, to: add(call(truncatedNormalLogMass, a!, w!), scale) }]
}

/** The probability of an excess up to v, or of one from v on. */
export const truncatedNormalCdf: RoutineOfNumbers = ([v, a, w, isAbove], into, { call }) => {
  const m = truncatedNormalOrigin(l, a!, w!)
  const below = sub(add(v!, m), a!)
  const above = not(eq(isAbove!, 0))
  const isStart = le(below, 0)
  return firstOf(
    into,
    [v!, a!, w!, m, below, above],
    [[any(isStart, ge(below, w!)), (...own) => select(pick(isStart, own[5]!, not(own[5]!)), 1, 0)]],
    (v, a, w, m, below, above) => {
      const [z, b] = [add(m!, v!), add(a!, w!)]
      const end = nearEnd(select(above!, z, a!), select(above!, b, z))
      const width = select(above!, sub(w!, below!), below!)
      const n = truncatedNormalOrigin(l, end, width)
      const whole = call(logMass, nearEnd(a!, b), w!)
      const shift = mul(0.5, sub(m!, n), add(m!, n))
      return exp(l, add(sub(call(logMass, end, width), whole), shift))
    },
  )
}

/** z ≤ 0 with log Φ(z) = y. */
const logNdtrInverse: RoutineOfNumbers = ([y], into) =>
  firstOf(into, [y!], [[gt(y!, -700), (y) => ndtri(l, exp(l, y!))]], (y) => {
    const start = neg(sqrt(mul(-2, y!)))
    const [loop, [, z]] = iterate([constant(0), start], ([n, z]) => {
      // φ/Φ is −z − 1/z in the tail, up to its third power.
      const step = div(sub(logNdtr(l, z!), y!), add(z!, div(1, z!)))
      const count = add(n!, 1)
      return { next: [count, add(z!, step)], again: lt(count, 5) }
    })
    return [...loop, { variable: into, to: z! }]
  })

/** The excess with a probability below it, or where `isAbove` above it. */
export const truncatedNormalQuantile: RoutineOfNumbers = ([share, a, w, isAbove], into, { call }) => {
  const isUpper = not(eq(isAbove!, 0))
  const [p, q] = [select(isUpper, sub(1, share!), share!), select(isUpper, share!, sub(1, share!))]
  const b = add(a!, w!)
  return firstOf(
    into,
    [p, q, a!, w!, b],
    [
      [not(all(ge(p, 0), ge(q, 0))), () => constant(NaN)],
      [lt(mul(w!, most(1, abs(b))), 1e-8), (p, _, __, w) => mul(sub(p!, 0.5), w!)],
    ],
    (p, q, a, w, b) => {
      const m = truncatedNormalOrigin(l, a!, w!)
      const [logP, logQ] = [log(l, p!), log(l, q!)]
      const mix = (atB: Value, atA: Value): Value =>
        logAddExp(l, add(logP, logNdtr(l, atB)), add(logQ, logNdtr(l, atA)))
      const [lower, upper] = [mix(b!, a!), mix(neg(b!), neg(a!))]
      const isLeft = lt(lower, upper)
      const size = call(logNdtrInverse, select(isLeft, lower, upper))
      const z = select(isLeft, size, neg(size))
      return least(most(sub(z, m), sub(a!, m)), sub(b!, m))
    },
  )
}
