import type { Routine } from '../../routines.ts'
import { binomial } from './binomial.ts'
import { countDraws } from './realDraws.ts'

/** Binomial draws of trials and the probability of a success. */
export const drawBinomial: Routine = /* @__PURE__ */ countDraws(
  2,
  (draw, [total, probability], into, _, isSame) => binomial(draw, total!, probability!, into, isSame),
)
