import { fillGamma, fillLogGamma } from '../../random/fillGamma.ts'
import { gammaSampleDerivative, logGammaSampleDerivative } from '../special/gammaSampleDerivative.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/**
 * Draws from gamma distributions of rate 1: `drawGamma(key, shape, concentration)`. They are differentiable in the
 * concentration by implicit reparameterization (Figurnov, Mohamed and Mnih 2018).
 */
export const drawGamma: Draw = /* @__PURE__ */ defineDraw(
  'drawGamma',
  (key, [concentration], out) => fillGamma(key, concentration!, out as Float32Array),
  { derivatives: [(draws, concentration) => gammaSampleDerivative(concentration!, draws)] },
)

/** The logarithms of what `drawGamma` draws from the same key, finite where those underflow to 0. */
export const drawLogGamma: Draw = /* @__PURE__ */ defineDraw(
  'drawLogGamma',
  (key, [concentration], out) => fillLogGamma(key, concentration!, out as Float32Array),
  { derivatives: [(draws, concentration) => logGammaSampleDerivative(concentration!, draws)] },
)
