import { exp } from '../../wasm/maths/exp.ts'
import { logGammaDensity } from '../../wasm/maths/logGammaDensity.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { gammaChange } from './gammaJet.ts'
import { gammaPrefactor } from './gammaTerms.ts'
import { add, all, constant, eq, ge, gt, isPositive, mul, neg, not, select } from './number.ts'
import { inTemmeRange, temmeSampleDerivative } from './temme.ts'

/** ∂P(a, x)/∂a. */
export const gammaincDa: RoutineOfNumbers = ([a, x], into, { call }) =>
  firstOf(
    into,
    [a!, x!],
    [
      [
        not(all(isPositive(a!), isPositive(x!))),
        (a, x) => {
          const isEnd = all(gt(a!, 0), ge(x!, 0), gt(add(a!, x!), a!))
          return select(isEnd, 0, select(eq(x!, 0), constant(0), constant(NaN)))
        },
      ],
      [
        inTemmeRange(a!, x!),
        (a, x) => mul(neg(temmeSampleDerivative(a!, x!)), exp(l, logGammaDensity(l, a!, x!))),
      ],
    ],
    (a, x) => mul(exp(l, call(gammaPrefactor, a!, x!)), call(gammaChange, a!, x!)),
  )
