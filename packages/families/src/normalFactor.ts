import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { add, drawNormal, exp, mul, square, sub } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import type { Bound } from '@variate/language/internal'
import { overEvent, type RealSite } from './realSite.ts'
import type { Start } from './start.ts'
import type { Variational } from './variational.ts'

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** A latent whose place is normal, number by number: log q = Σ log N(place; loc, scale²) − log |det ∂value/∂place|. */
export function normalFactor(model: Bound, real: RealSite, start: Start, scale: number): Variational {
  const { name } = real.site
  const { plates } = real
  const [loc, logScale] = [`${name}.loc`, `${name}.logScale`]
  // The latent is its place, and normal itself.
  const isItself = real.map.name === 'identity'
  return {
    factors: [
      {
        name,
        sites: [name],
        plates,
        draws: 'reparameterized',
        reads: [],
        ...(isItself ? { kind: normal(0, 1) } : {}),
      },
    ],
    plates: { [loc]: plates, [logScale]: plates },
    init: (key) => {
      const at = start(model, [real], key)[name]!
      return {
        [loc]: at,
        [logScale]: new NdArray(
          at.data.map(() => Math.log(scale)),
          at.shape,
        ),
      }
    },
    draw: ({ params }, key) => {
      const [center, log] = [params[loc] as Tensor, params[logScale] as Tensor]
      return real.values(add(center, mul(exp(log), drawNormal(key, center.shape))))
    },
    distributions: ({ params }) => {
      if (!isItself) return {}
      const values = {
        [loc]: { tensor: params[loc] as Tensor, plates },
        [logScale]: { tensor: params[logScale] as Tensor, plates },
      }
      return { [name]: { values, of: (of) => normal(of[loc]!, exp(of[logScale]!)) } }
    },
    logProbs: ({ params }, values) => {
      const [center, log] = [params[loc] as Tensor, params[logScale] as Tensor]
      const place = real.placeIn(values)
      const standardized = mul(sub(place, center), exp(mul(-1, log)))
      const density = sub(mul(-0.5, square(standardized)), add(log, HALF_LOG_TWO_PI))
      return { [name]: sub(overEvent(density, plates.length), real.logDet(place)) }
    },
  }
}
