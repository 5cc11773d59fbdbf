import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, random } from '@variate/core'
import { exp, mul } from '@variate/core/ops'
import { multivariateNormalLowRank, type MultivariateNormalLowRank } from '@variate/distributions'
import type { ParamTree } from './variational.ts'
import type { VectorFamily } from './vector.ts'

/** How large the numbers of W begin, against the standard deviations: at 0 none of their derivatives would tell them apart. */
const TILT = 0.1

/** A normal with covariance W·Wᵀ + diag(s²), W of `rank` columns, or of as many as there are numbers; `logScale` holds log s. */
export function lowRankVector(rank: number, scale: number): VectorFamily {
  return {
    name: 'lowRank',
    init: (loc, key) => {
      const size = loc.shape[0]!
      const columns = Math.min(rank, size)
      const draws = random.normal(key, [size * columns], { dtype: 'float64' }).data
      return {
        loc,
        logScale: new NdArray(new Float64Array(size).fill(Math.log(scale)), [size]),
        factor: new NdArray(
          draws.map((x) => (TILT * scale * x) / Math.sqrt(columns)),
          [size, columns],
        ),
      }
    },
    draw: (params, key) => ({ vector: normalOf(params).sample(key) }),
    logProb: (params, { vector }) => normalOf(params).logProb(vector),
  }
}

function normalOf({ loc, logScale, factor }: ParamTree): MultivariateNormalLowRank {
  return multivariateNormalLowRank(loc as Tensor, factor as Tensor, exp(mul(2, logScale as Tensor)))
}
