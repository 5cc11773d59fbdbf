import { fillTruncatedNormal } from '../../random/fillTruncatedNormal.ts'
import { truncatedOrigin } from '../../special/truncatedNormal.ts'
import {
  truncatedNormalCdf,
  truncatedNormalShift,
  truncatedNormalStretch,
} from '../special/truncatedNormal.ts'
import { defineDraw, type Draw, type DrawDerivative } from './defineDraw.ts'

const implicit =
  (slope: typeof truncatedNormalShift): DrawDerivative =>
  (v, a, w) =>
    slope(truncatedNormalCdf(v, a!, w!, 0), v, a!, w!)

/**
 * Excesses of standard normal draws between a and a + w, as the truncated normal ops count them:
 * `drawTruncatedNormal(key, shape, a, w)`. They are differentiable in both by implicit reparameterization.
 */
export const drawTruncatedNormal: Draw = /* @__PURE__ */ defineDraw(
  'drawTruncatedNormal',
  (key, [a, w], out) => {
    const count = Math.max(a!.length, w!.length)
    const low = Float64Array.from({ length: count }, (_, i) => a![a!.length === 1 ? 0 : i]!)
    const width = Float64Array.from({ length: count }, (_, i) => w![w!.length === 1 ? 0 : i]!)
    const draws = new Float64Array(out.length)
    fillTruncatedNormal(
      key,
      low,
      low.map((x, i) => x + width[i]!),
      draws,
    )
    const origins = low.map((x, i) => truncatedOrigin(x, width[i]!))
    for (let i = 0; i < out.length; i++) out[i] = draws[i]! - origins[count === 1 ? 0 : i]!
  },
  {
    derivatives: [
      /* @__PURE__ */ implicit(truncatedNormalShift),
      /* @__PURE__ */ implicit(truncatedNormalStretch),
    ],
  },
)
