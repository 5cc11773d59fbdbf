import { log, log1p } from '../../../wasm/maths/log.ts'
import type { Routine } from '../../routines.ts'
import { one as l } from '../linalg/wide.ts'
import { countDraws, realDraws } from './realDraws.ts'
import { uniformOf } from './words.ts'

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
