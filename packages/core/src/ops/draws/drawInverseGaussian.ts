import { fillInverseGaussian } from '../../random/fillInverseGaussian.ts'
import { concentrationSlope, meanSlope } from '../special/inverseGaussian.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/**
 * Draws from inverse Gaussian distributions: `drawInverseGaussian(key, shape, mean, concentration)`. They are
 * differentiable by implicit reparameterization (Figurnov, Mohamed and Mnih 2018).
 */
export const drawInverseGaussian: Draw = /* @__PURE__ */ defineDraw(
  'drawInverseGaussian',
  (key, [mean, concentration], out) => fillInverseGaussian(key, mean!, concentration!, out as Float32Array),
  {
    derivatives: [
      (draws, mean, concentration) => meanSlope(mean!, concentration!, draws),
      (draws, mean, concentration) => concentrationSlope(mean!, concentration!, draws),
    ],
  },
)
