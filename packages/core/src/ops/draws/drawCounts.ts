import { fillGeometric } from '../../random/fillGeometric.ts'
import { fillHypergeometric } from '../../random/fillHypergeometric.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/**
 * Draws the failures before the first success: `drawGeometric(key, shape, probs)`, int32; greater counts are a
 * NumericalError.
 */
export const drawGeometric: Draw = /* @__PURE__ */ defineDraw(
  'drawGeometric',
  (key, [probs], out) => fillGeometric(key, probs!, out as Int32Array),
  { dtype: 'int32' },
)

/** Draws how many good ones are taken: `drawHypergeometric(key, shape, good, bad, taken)`, int32. */
export const drawHypergeometric: Draw = /* @__PURE__ */ defineDraw(
  'drawHypergeometric',
  (key, [good, bad, taken], out) => fillHypergeometric(key, good!, bad!, taken!, out as Int32Array),
  { dtype: 'int32' },
)
