import { erfcxPositive } from '../../wasm/maths/erfcx.ts'
import { exp, expAndExpm1 } from '../../wasm/maths/exp.ts'
import { lgammaOnePlus } from '../../wasm/maths/lgammaOnePlus.ts'
import { log } from '../../wasm/maths/log.ts'
import { logGammaPrefactor } from '../../wasm/maths/logGammaDensity.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { iterate } from './iterate.ts'
import { abs, add, constant, div, gt, lt, most, mul, neg, select, sqrt, square, sub } from './number.ts'
import { temmeEta, temmeSum } from './temme.ts'

// What the incomplete gamma functions are made of, by the methods of core.

/** What is less makes no other numbers. */
const TINY = 1e-290

/** log(xᵃ·e⁻ˣ/Γ(a + 1)). */
export const gammaPrefactor: RoutineOfNumbers = ([a, x], into) => [
  { variable: into, to: logGammaPrefactor(l, most(a!, TINY), x!) },
]

/** Q(a, x) for a < 1 and x < 1.5, whose difference from 1 is summed apart from xᵃ/Γ(a + 1) − 1. */
export const upperOfSmallShape: RoutineOfNumbers = ([a, x], into) => {
  const [power, excess] = expAndExpm1(l, sub(mul(a!, log(l, x!)), lgammaOnePlus(l, a!)))
  const [loop, [, , sum]] = iterate([constant(0), constant(1), constant(0)], ([n, term, sum]) => {
    const count = add(n!, 1)
    const next = mul(term!, div(neg(x!), count))
    const part = div(next, add(a!, count))
    const total = add(sum!, part)
    return { next: [count, next, total], again: gt(abs(part), mul(1e-17, abs(total))) }
  })
  return [...loop, { variable: into, to: sub(neg(excess), mul(power, a!, sum!)) }]
}

/** The smaller one of P and Q times exp(a·η²/2), by Temme's expansion. */
export const temmeScaledTail: RoutineOfNumbers = ([a, eta], into) => {
  const half = mul(0.5, erfcxPositive(l, mul(abs(eta!), sqrt(mul(0.5, a!)))))
  const correction = mul(div(1 / Math.sqrt(2 * Math.PI), sqrt(a!)), temmeSum(a!, eta!))
  return [{ variable: into, to: select(lt(eta!, 0), sub(half, correction), add(half, correction)) }]
}

/** The smaller one of P, for x < a, and Q. */
export const temmeTail: RoutineOfNumbers = ([a, x], into, { call }) => {
  const { eta } = temmeEta(a!, x!)
  const decay = exp(l, mul(-0.5, a!, square(eta)))
  return [{ variable: into, to: mul(decay, call(temmeScaledTail, a!, eta)) }]
}
