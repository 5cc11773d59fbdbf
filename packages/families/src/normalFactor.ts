import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { add, div, exp, mul, square, sub } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import type { Bound } from '@variate/language/internal'
import { locName } from './locations.ts'
import { momentsOfPlace } from './placeMoments.ts'
import { overEvent, type RealSite } from './realSite.ts'
import type { ParamTree, SiteTensors, Variational, VariationalContext } from './variational.ts'

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/** A part of q that is a function of standard normal noise. */
export interface NormalFactor extends Omit<Variational, 'draw'> {
  /** The shape of the noise. */
  noiseShape(context: VariationalContext): readonly number[]
  drawOf(context: VariationalContext, noise: Tensor): SiteTensors
}

/** A latent whose place is normal, number by number: log q = Σ log N(place; loc, scale²) − log |det ∂value/∂place|. */
export function normalFactor(model: Bound, real: RealSite, scale: number): NormalFactor {
  const { name } = real.site
  const { plates, placeShape } = real
  const shape = [...plates.map((plate) => model.sizes.get(plate)!), ...placeShape]
  const [loc, logScale] = [locName(name), `${name}.logScale`]
  const momentsIn = (params: ParamTree) =>
    momentsOfPlace(real, params[loc] as Tensor, exp(mul(2, params[logScale] as Tensor)))
  // The latent is its place, and normal itself.
  const isItself = real.map.name === 'identity'
  return {
    factors: [
      {
        name,
        sites: [name],
        plates,
        draws: 'reparameterized',
        hasEntropy: true,
        reads: [],
        ...(isItself ? { kind: normal(0, 1) } : {}),
      },
    ],
    plates: { [loc]: plates, [logScale]: plates },
    init: () => ({
      [loc]: new NdArray(new Float64Array(sizeOf(shape)), shape),
      [logScale]: new NdArray(new Float64Array(sizeOf(shape)).fill(Math.log(scale)), shape),
    }),
    noiseShape: ({ params }) => (params[loc] as Tensor).shape,
    drawOf: ({ params }, noise) =>
      real.values(add(params[loc] as Tensor, mul(exp(params[logScale] as Tensor), noise))),
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
      const standardized = div(sub(place, center), exp(log))
      const density = sub(mul(-0.5, square(standardized)), add(log, HALF_LOG_TWO_PI))
      return { [name]: sub(overEvent(density, plates.length), real.logDet(place)) }
    },
    entropies: ({ params }, values) => {
      const log = params[logScale] as Tensor
      return {
        [name]: add(
          overEvent(add(log, HALF_LOG_TWO_PI + 0.5), plates.length),
          real.logDet(real.placeIn(values)),
        ),
      }
    },
    moments: ({ params }) => {
      const own = momentsIn(params)
      return own ? { [name]: own } : {}
    },
    covariances: ({ params }) => {
      const own = momentsIn(params)
      return own ? { [name]: { variances: own.variance } } : {}
    },
  }
}
