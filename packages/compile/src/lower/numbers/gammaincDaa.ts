import { exp } from '../../wasm/maths/exp.ts'
import { logMinusDigamma } from '../../wasm/maths/digamma.ts'
import { logGammaDensity } from '../../wasm/maths/logGammaDensity.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { gammaBend, gammaCurvature } from './gammaJet.ts'
import { gammaPrefactor } from './gammaTerms.ts'
import { add, all, any, constant, div, eq, gt, isPositive, mul, neg, not, select } from './number.ts'
import { inTemmeRange, temmeSampleDerivative, temmeSampleSecond } from './temme.ts'

/** ∂²P(a, x)/∂a². */
export const gammaincDaa: RoutineOfNumbers = ([a, x], into, { call }) =>
  firstOf(
    into,
    [a!, x!],
    [
      [
        not(all(isPositive(a!), isPositive(x!))),
        (a, x) => {
          const isEnd = any(eq(x!, 0), eq(x!, Infinity))
          return select(all(isEnd, gt(a!, 0)), constant(0), constant(NaN))
        },
      ],
      [
        inTemmeRange(a!, x!),
        (a, x) => {
          const ofDensity = mul(temmeSampleDerivative(a!, x!), logMinusDigamma(l, x!, a!))
          const slope = add(ofDensity, temmeSampleSecond(a!, x!))
          return mul(neg(slope), exp(l, logGammaDensity(l, a!, x!)))
        },
      ],
    ],
    (a, x) => mul(exp(l, call(gammaPrefactor, a!, x!)), call(gammaCurvature, a!, x!)),
  )

/** The derivative in a of `gammaSampleDerivative`. */
export const gammaSampleDerivativeDa: RoutineOfNumbers = ([a, x], into, { call }) =>
  firstOf(
    into,
    [a!, x!],
    [
      [
        not(all(isPositive(a!), isPositive(x!))),
        (a, x) => select(all(eq(x!, 0), gt(a!, 0)), constant(0), constant(NaN)),
      ],
      [inTemmeRange(a!, x!), (a, x) => temmeSampleSecond(a!, x!)],
    ],
    (a, x) => mul(neg(call(gammaBend, a!, x!)), div(x!, a!)),
  )
