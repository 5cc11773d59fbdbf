import { exp } from '../../wasm/maths/exp.ts'
import { variable } from '../../wasm/statement.ts'
import { F64, type Value } from '../../wasm/value.ts'
import { one as l } from '../routines/linalg/wide.ts'
import type { RoutineOfNumbers } from '../routinesOfNumbers.ts'
import { betaTail, type Four } from './betaTail.ts'
import { betaPrefactor } from './betaTerms.ts'
import { firstOf } from './cases.ts'
import { Jets, type Part } from './jets.ts'
import { add, all, any, constant, div, gt, isPositive, le, lt, mul, neg, not, select } from './number.ts'

/** A derivative of I(a, b) at x/(x + y), which on the far side of the mean is another one of −I(b, a), with x and y swapped. */
function derivative(jets: Jets, part: Part, swapped: Part): RoutineOfNumbers {
  return ([a, b, x, y], into, surroundings) => {
    const sum = add(x!, y!)
    const isInside = all(gt(x!, 0), gt(y!, 0), lt(sum, Infinity))
    return firstOf(
      into,
      [a!, b!, div(x!, sum), div(y!, sum)],
      [
        [not(isInside), () => constant(0)],
        [not(all(isPositive(a!), isPositive(b!))), () => constant(NaN)],
      ],
      (a, b, x, y) => {
        // Where a parameter and its variable are small the continued fraction of the one side converges slowly, the series of
        // the other fast.
        const isOf = (a: Value, b: Value, x: Value): Value => all(lt(a, 0.5), le(x, 1e-3), le(mul(x, b), 0.1))
        const isNear = all(le(mul(x!, b!), mul(y!, a!)), not(isOf(b!, a!, y!)))
        const isOwn = any(isOf(a!, b!, x!), isNear)
        const pick = (x: Value, y: Value): Value => select(isOwn, x, y)
        const args: Four = [pick(a!, b!), pick(b!, a!), pick(x!, y!), pick(y!, x!)]
        const results = jets.parts.map(() => variable(F64))
        const of = (one: Part): Value => results[jets.parts.indexOf(one)]!.get
        const scale = exp(l, surroundings.call(betaPrefactor, args[2], args[3], args[0], args[1]))
        return [
          ...betaTail(jets, args, results, surroundings),
          { variable: into, to: mul(scale, pick(of(part), neg(of(swapped)))) },
        ]
      },
    )
  }
}

/** ∂I/∂a. */
export const betaincDa: RoutineOfNumbers = /* @__PURE__ */ derivative(
  /* @__PURE__ */ new Jets(['value', 'a', 'b']),
  'a',
  'b',
)

/** ∂²I/∂a². */
export const betaincDaa: RoutineOfNumbers = /* @__PURE__ */ derivative(
  /* @__PURE__ */ new Jets(['value', 'a', 'b', 'aa', 'bb']),
  'aa',
  'bb',
)

/** ∂²I/∂a∂b. */
export const betaincDab: RoutineOfNumbers = /* @__PURE__ */ derivative(
  /* @__PURE__ */ new Jets(['value', 'a', 'b', 'ab']),
  'ab',
  'ab',
)
