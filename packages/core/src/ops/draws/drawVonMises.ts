import { fillVonMises } from '../../random/fillVonMises.ts'
import { vonMisesSampleDerivative } from '../special/vonMises.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/**
 * Draws from von Mises distributions around 0, in [−π, π]: `drawVonMises(key, shape, concentration)`. They are
 * differentiable in the concentration by implicit reparameterization (Figurnov, Mohamed and Mnih 2018).
 */
export const drawVonMises: Draw = /* @__PURE__ */ defineDraw(
  'drawVonMises',
  (key, [concentration], out) => fillVonMises(key, concentration!, out as Float32Array),
  { derivatives: [(draws, concentration) => vonMisesSampleDerivative(concentration!, draws)] },
)
