import { exp } from '../../wasm/maths/exp.ts'
import { log } from '../../wasm/maths/log.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { iterate } from './iterate.ts'
import { add, constant, div, eq, gt, lt, mul, neg, not, select, sub } from './number.ts'

const EULER = 0.5772156649015329

/** eᵗ·E₁(t): the power series (DLMF 6.6.2) below 1, the continued fraction (DLMF 6.9.1) above, from its end. */
export const scaledExpint: RoutineOfNumbers = ([t], into) =>
  firstOf(
    into,
    [t!],
    [
      [not(gt(t!, 0)), (t) => select(eq(t!, 0), constant(Infinity), constant(NaN))],
      [
        lt(t!, 1),
        (t) => {
          const start = sub(-EULER, log(l, t!))
          const [loop, [, , sum]] = iterate([constant(1), constant(1), start], ([k, term, sum]) => {
            const next = mul(term!, div(neg(t!), k!))
            const count = add(k!, 1)
            return { next: [count, next, sub(sum!, div(next, k!))], again: lt(count, 20) }
          })
          return [...loop, { variable: into, to: mul(exp(l, t!), sum!) }]
        },
      ],
    ],
    (t) => {
      const start = l.ceil(add(20, div(100, t!)))
      const [loop, [, tail]] = iterate([start, constant(0)], ([k, tail]) => {
        const next = div(mul(k!, k!), sub(add(t!, mul(2, k!), 1), tail!))
        return { next: [sub(k!, 1), next], again: gt(k!, 1) }
      })
      return [...loop, { variable: into, to: div(1, sub(add(t!, 1), tail!)) }]
    },
  )

/** eᵗ·E₁(t) − 1/t. */
export const scaledExpintSlope: RoutineOfNumbers = ([t], into, { call }) => [
  { variable: into, to: sub(call(scaledExpint, t!), div(1, t!)) },
]
