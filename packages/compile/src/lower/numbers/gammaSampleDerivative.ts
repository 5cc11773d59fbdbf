import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { firstOf } from './cases.ts'
import { gammaChange } from './gammaJet.ts'
import { all, constant, div, eq, gt, isPositive, mul, neg, not, select } from './number.ts'
import { inTemmeRange, temmeSampleDerivative } from './temme.ts'

/**
 * −(∂P(a, x)/∂a)/p(x), as core computes it: how a gamma draw x of concentration a moves with a at a fixed key (Figurnov,
 * Mohamed and Mnih 2018).
 */
export const gammaSampleDerivative: RoutineOfNumbers = ([a, x], into, { call }) =>
  firstOf(
    into,
    [a!, x!],
    [
      [
        not(all(isPositive(a!), isPositive(x!))),
        (a, x) => select(all(eq(x!, 0), gt(a!, 0)), constant(0), constant(NaN)),
      ],
      [inTemmeRange(a!, x!), (a, x) => temmeSampleDerivative(a!, x!)],
    ],
    (a, x) => mul(neg(call(gammaChange, a!, x!)), div(x!, a!)),
  )
