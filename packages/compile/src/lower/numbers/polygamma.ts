import { exp } from '../../wasm/maths/exp.ts'
import { log } from '../../wasm/maths/log.ts'
import { pow } from '../../wasm/maths/pow.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { bernoulli } from '../../wasm/maths/rising.ts'
import { firstOf } from './cases.ts'
import { iterate } from './iterate.ts'
import { add, all, constant, div, eq, ge, gt, le, lt, mul, neg, not, select, square, sub } from './number.ts'

const power: RoutineOfNumbers = ([x, s], into) => [{ variable: into, to: pow(l, x!, s!) }]

/** B₂ⱼ/(2j)! for j = 1 … 10. */
const TAIL = /* @__PURE__ */ (() => {
  let factorial = 1
  return bernoulli((j) => (factorial *= 2 * j * (2 * j - 1)), 10)
})()

/** n!·ζ(n + 1, x), x > 0, by Euler–Maclaurin summation: of (x/(x + k))ⁿ⁺¹, which neither over- nor underflow. */
const zeta: RoutineOfNumbers = ([n, x], into, { call }) => {
  const s = add(n!, 1)
  const start = [constant(0), x!, constant(0)]
  const [terms, [, y, sum]] = iterate(start, ([k, y, sum]) => {
    const isSmall = lt(y!, add(10, s))
    const term = select(isSmall, exp(l, mul(s, log(l, div(x!, y!)))), 0)
    const count = add(k!, 1)
    const total = add(sum!, term)
    return {
      next: [count, select(isSmall, add(x!, count), y!), total],
      again: all(isSmall, not(lt(term, mul(1e-19, total)))),
    }
  })
  const [factorial, [, product]] = iterate([constant(1), constant(1)], ([k, product]) => {
    const next = add(k!, 1)
    return { next: [next, mul(product!, next)], again: lt(next, n!) }
  })
  const last = call(power, div(x!, y!), s)
  const whole = add(sum!, mul(last, add(div(y!, n!), 0.5)))
  const factors = [div(mul(last, s), y!)]
  for (let j = 1; j < TAIL.length; j++) {
    const ratio = div(mul(add(s, 2 * j - 1), add(s, 2 * j)), square(y!))
    factors.push(mul(factors[j - 1]!, ratio))
  }
  const total = add(whole, ...factors.map((factor, j) => mul(factor, TAIL[j]!)))
  const scale = mul(product!, call(power, x!, neg(s)))
  return [...terms, ...factorial, { variable: into, to: mul(scale, total) }]
}

/** The derivative of order n ≥ 2 of ψ: (−1)ⁿ⁺¹·n!·ζ(n + 1, x) (DLMF 5.15.1). */
export const polygamma: RoutineOfNumbers = ([n, x], into, { call }) => {
  const isEven = eq(mul(0.5, n!), l.floor(mul(0.5, n!)))
  const sign = select(isEven, -1, 1)
  const isOrder = all(ge(n!, 0), eq(n!, l.floor(n!)))
  return firstOf(
    into,
    [n!, x!, sign],
    [
      [not(all(isOrder, gt(x!, -Infinity))), () => constant(NaN)],
      [all(le(x!, 0), eq(x!, l.floor(x!))), (_, __, sign) => mul(sign!, Infinity)],
      [eq(x!, Infinity), () => constant(0)],
      [gt(x!, 0), (n, x, sign) => mul(sign!, call(zeta, n!, x!))],
    ],
    (n, x, sign) => {
      // On both sides of the pole at which the sum of negative terms ends.
      const below = sub(l.ceil(neg(x!)), 1)
      const left = sub(call(zeta, n!, sub(neg(x!), below)), call(zeta, n!, sub(1, x!)))
      const right = call(zeta, n!, add(x!, below, 1))
      return mul(sign!, add(right, mul(sign!, left)))
    },
  )
}
