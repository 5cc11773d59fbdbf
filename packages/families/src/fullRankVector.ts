import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'
import { matMul } from '@variate/core/ops'
import { biject, constraints, multivariateNormal, type MultivariateNormal } from '@variate/distributions'
import type { ParamTree } from './variational.ts'
import type { VectorFamily } from './vector.ts'

/** A normal with any covariance L·Lᵀ; `tril` holds what is below the diagonal of L, then the logarithms of the diagonal. */
export function fullRankVector(scale: number): VectorFamily {
  return {
    name: 'fullRank',
    init: (loc) => {
      const size = loc.shape[0]!
      const tril = new Float64Array((size * (size + 1)) / 2).fill(Math.log(scale), (size * (size - 1)) / 2)
      return { loc, tril: new NdArray(tril, [tril.length]) }
    },
    draw: (params, key) => ({ vector: normalOf(params).sample(key) }),
    logProb: (params, { vector }) => normalOf(params).logProb(vector),
    entropy: (params) => normalOf(params).entropy(),
    moments: ({ loc, tril }) => {
      const scaleTril = biject(constraints.lowerCholesky).forward(tril as Tensor)
      return { mean: loc as Tensor, covariance: matMul(scaleTril, scaleTril, { transposeB: true }) }
    },
  }
}

function normalOf({ loc, tril }: ParamTree): MultivariateNormal {
  const scaleTril = biject(constraints.lowerCholesky).forward(tril as Tensor)
  return multivariateNormal(loc as Tensor, { scaleTril })
}
