import { fillBinomial } from '../../random/fillBinomial.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/** Draws from binomial distributions: `drawBinomial(key, shape, total, probs)`, int32. */
export const drawBinomial: Draw = /* @__PURE__ */ defineDraw(
  'drawBinomial',
  (key, [total, probs], out) => fillBinomial(key, total!, probs!, out as Int32Array),
  { dtype: 'int32' },
)
