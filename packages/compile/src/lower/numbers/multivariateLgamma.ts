import { lgamma } from '../../wasm/maths/lgamma.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { iterate } from './iterate.ts'
import { add, constant, ge, lt, mul, select, sub } from './number.ts'

const LOG_PI = 1.1447298858494002

/** p(p − 1)/4·log π + Σ log Γ(x − j/2), j = 0 … p − 1. */
export const multivariateLgamma: RoutineOfNumbers = ([x, p], into) => {
  const start = mul(0.25 * LOG_PI, p!, sub(p!, 1))
  const [loop, [, sum]] = iterate([constant(0), start], ([j, sum]) => {
    const next = add(j!, 1)
    return { next: [next, add(sum!, lgamma(l, sub(x!, mul(0.5, j!))))], again: lt(next, p!) }
  })
  const isInside = ge(x!, mul(0.5, sub(p!, 1)))
  return [...loop, { variable: into, to: select(isInside, sum!, NaN) }]
}
