import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { add, concat, constant, exp, log, matVec, reshape, slice, sub } from '@variate/core/ops'
import {
  biject,
  constraints,
  independent,
  multivariateNormal,
  normal,
  type Independent,
  type MultivariateNormal,
  type Normal,
} from '@variate/distributions'
import type { Family, ParamTree, SiteTensors } from '@variate/families'
import { backward, type Laplace } from './laplace.ts'

/** Where a regression's posterior is about: a normal of the weights, and of the logarithm of the noise, if that is unknown. */
export interface Whereabouts extends Laplace {
  readonly noise?: { readonly log: number; readonly deviation: number } | undefined
  readonly columns: number
}

/** The name under which a draw keeps the vector that it was made of. */
const WHITE = 'weights\0white'
const NAME = 'weights'

/** What the vector is: any normal one, or independent normals. */
type Shape = 'fullRank' | 'meanField'

/**
 * Normals with any covariance, or independent ones, over all weights, and the logarithm of the noise, as images of vectors u by z = mode + H^(−½)·u, or
 * mode + diag(H)^(−½)·u: for
 * the posterior u is about a standard normal, whatever the units and the collinearity of the columns. It begins with that one.
 */
export function whitened(
  { mode, factor, noise, columns }: Whereabouts,
  shape: Shape,
): Family<{ readonly continuous: 'reparameterized'; readonly discrete: false }> {
  const weights = mode.length
  const size = weights + (noise ? 1 : 0)
  const centre = Float64Array.from({ length: size }, (_, a) => (a < weights ? mode[a]! : noise!.log))
  const spread = new Float64Array(size * size)
  const inverse = new Float64Array(size * size)
  let logVolume = 0
  for (let a = 0; a < weights; a++) {
    const row = factor.subarray(a * weights, (a + 1) * weights)
    if (shape === 'meanField') {
      const root = Math.hypot(...row)
      spread[a * size + a] = 1 / root
      inverse[a * size + a] = root
      logVolume -= Math.log(root)
      continue
    }
    const column = backward(
      factor,
      Float64Array.from({ length: weights }, (_, b) => (b === a ? 1 : 0)),
    )
    for (let b = 0; b < weights; b++) {
      spread[b * size + a] = column[b]!
      inverse[a * size + b] = factor[b * weights + a]!
    }
    logVolume -= Math.log(row[a]!)
  }
  if (noise) {
    spread[size * size - 1] = noise.deviation
    inverse[size * size - 1] = 1 / noise.deviation
    logVolume += Math.log(noise.deviation)
  }
  const matrix = (values: Float64Array): Tensor => reshape(constant(values), [size, size])
  const hasIntercept = weights > columns
  const sites = ['coefficients', ...(hasIntercept ? ['intercept'] : []), ...(noise ? ['noise'] : [])]

  const valuesOf = (z: Tensor): SiteTensors => ({
    coefficients: slice(z, [0], [columns]),
    ...(hasIntercept ? { intercept: reshape(slice(z, [columns], [1]), []) } : {}),
    ...(noise ? { noise: exp(reshape(slice(z, [weights], [1]), [])) } : {}),
  })
  const whiteOf = (values: SiteTensors): Tensor => {
    if (values[WHITE]) return values[WHITE]
    const parts = sites.map((site) => (site === 'noise' ? log(values[site]!) : values[site]!))
    return matVec(matrix(inverse), sub(joined(parts), constant(centre)))
  }
  return {
    name: shape,
    kinds: { continuous: 'reparameterized', discrete: false },
    of: () => ({
      factors: [{ name: NAME, sites, plates: [], draws: 'reparameterized', reads: [] }],
      plates: { [NAME]: [] },
      init: () => ({
        [NAME]:
          shape === 'fullRank'
            ? { loc: zeros(size), tril: zeros((size * (size + 1)) / 2) }
            : { loc: zeros(size), log: zeros(size) },
      }),
      draw: ({ params }, key) => {
        const white = normalOf(params[NAME] as ParamTree).sample(key)
        return { ...valuesOf(add(matVec(matrix(spread), white), constant(centre))), [WHITE]: white }
      },
      logProbs: ({ params }, values) => {
        const density = normalOf(params[NAME] as ParamTree).logProb(whiteOf(values))
        const volume = noise ? add(logVolume, log(values['noise']!)) : logVolume
        return { [NAME]: sub(density, volume) }
      },
    }),
  }
}

function joined(parts: readonly Tensor[]): Tensor {
  const rows = parts.map((part) => reshape(part, [part.size]))
  return rows.length === 1 ? rows[0]! : concat(rows, 0)
}

function zeros(size: number): NdArray<Float64Array> {
  return new NdArray(new Float64Array(size), [size])
}

/** `tril` holds what is below the diagonal of the factor, then the logarithms of the diagonal; `log` the logarithms alone. */
function normalOf({ loc, tril, log: logScale }: ParamTree): MultivariateNormal | Independent<Normal> {
  if (logScale) return independent(normal(loc as Tensor, exp(logScale as Tensor)), 1)
  const scaleTril = biject(constraints.lowerCholesky).forward(tril as Tensor)
  return multivariateNormal(loc as Tensor, { scaleTril })
}
