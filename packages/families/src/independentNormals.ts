import { sizeOf } from '@variate/core/internal'
import { drawNormal, reshape, slice } from '@variate/core/ops'
import type { Bound } from '@variate/language/internal'
import { normalFactor } from './normalFactor.ts'
import type { RealSite } from './realSite.ts'
import { product } from './together.ts'
import type { Variational } from './variational.ts'

/** Latents whose places are normal, number by number. Their noise is drawn at once, for keys cost more than a few numbers. */
export function independentNormals(model: Bound, reals: readonly RealSite[], scale: number): Variational {
  const factors = reals.map((real) => normalFactor(model, real, scale))
  return {
    ...product(factors),
    draw: (context, key) => {
      const shapes = factors.map(({ noiseShape }) => noiseShape(context))
      const noise = drawNormal(key, [shapes.reduce((total, shape) => total + sizeOf(shape), 0)])
      let from = 0
      const values = factors.map(({ drawOf }, at) => {
        const size = sizeOf(shapes[at]!)
        const own = reshape(slice(noise, [from], [size]), shapes[at]!)
        from += size
        return drawOf(context, own)
      })
      return Object.assign({}, ...values)
    },
  }
}
