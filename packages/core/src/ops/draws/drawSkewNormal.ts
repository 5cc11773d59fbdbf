import { fillNormal32 } from '../../random/fillNormal.ts'
import { split } from '../../random/key.ts'
import { div, neg } from '../arithmetic.ts'
import { skewNormalDensity, skewNormalShapeSlope } from '../special/skewNormal.ts'
import { defineDraw, type Draw } from './defineDraw.ts'

/**
 * Standard skew normal draws (α·|X| + Y)/√(1 + α²), X and Y normal: `drawSkewNormal(key, shape, alpha)`. They are
 * differentiable in α by implicit reparameterization.
 */
export const drawSkewNormal: Draw = /* @__PURE__ */ defineDraw(
  'drawSkewNormal',
  (key, [alpha], out) => {
    const [first, second] = split(key)
    const folded = new Float32Array(out.length)
    fillNormal32(first!, folded)
    fillNormal32(second!, out as Float32Array)
    for (let i = 0; i < out.length; i++) {
      const a = alpha![alpha!.length === 1 ? 0 : i]!
      out[i] = (a * Math.abs(folded[i]!) + out[i]!) / Math.hypot(1, a)
    }
  },
  { derivatives: [(z, alpha) => neg(div(skewNormalShapeSlope(z, alpha!), skewNormalDensity(z, alpha!)))] },
)
