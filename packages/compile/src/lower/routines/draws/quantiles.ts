import { log, log1p } from '../../../wasm/maths/log.ts'
import type { Value } from '../../../wasm/value.ts'
import type { Routine } from '../../routines.ts'
import { one as l } from '../linalg/wide.ts'
import { countDraws, realDraws } from './realDraws.ts'
import { uniformOf, unsignedNumber } from './words.ts'

// Draws that are functions of a uniform number.

/** Standard Gumbel draws. */
export const drawGumbel: Routine = /* @__PURE__ */ realDraws(0, ({ words }, _, into) => [
  { variable: into, to: l.neg(log(l, l.neg(log(l, uniformOf(words))))) },
])

/** The failures before the first success. */
export const drawGeometric: Routine = /* @__PURE__ */ countDraws(1, ({ words }, [p], into) => {
  const isValid = l.both(l.gt(p!, l.constant(0)), l.le(p!, l.constant(1)))
  const count = l.floor(l.div(log(l, uniformOf(words)), log1p(l, l.neg(p!))))
  return [{ variable: into, to: l.select(isValid, count, l.constant(NaN)) }]
})

/** Whole numbers from one to another, itself included: the upper 32 bits of the product of 64 random bits and their number. */
export const drawRandint: Routine = /* @__PURE__ */ countDraws(2, ({ words }, [low, high], into) => {
  const n = l.add(l.sub(l.min(high!, l.constant(2 ** 31 - 1)), low!), l.constant(1))
  // Of 16 bits at a time, so that no product passes 2⁵³.
  const cut = (x: Value, bits: number): Value => l.floor(l.mul(x, l.constant(2 ** -bits)))
  const word = unsignedNumber(words[0])
  const upper = cut(word, 16)
  const lower = l.sub(word, l.mul(upper, l.constant(2 ** 16)))
  const carried = l.floor(l.mul(l.mul(unsignedNumber(words[1]), l.constant(2 ** -32)), n))
  const middle = cut(l.add(l.mul(lower, n), carried), 16)
  return [{ variable: into, to: l.add(low!, cut(l.add(l.mul(upper, n), middle), 16)) }]
})
