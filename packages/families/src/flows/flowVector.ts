import type { Tensor } from '@tensorflow/tfjs-core'
import { foldIn, NdArray } from '@variate/core'
import { add, drawNormal, exp, mul, neg, square, sub, sum } from '@variate/core/ops'
import type { ParamTree } from '../variational.ts'
import type { VectorFamily } from '../vector.ts'
import type { FlowLayer } from './layer.ts'

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)

/**
 * z = loc + scale ⊙ T(ε), ε standard normal, T the composition of layers. While these are the identity, z is normal with standard
 * deviations `scale`.
 *
 * log q is a function of z: noise is found again from it, so that log q is right for draws whose derivatives are stopped, and under
 * parameters whose are.
 *
 * @param layersOf the layers for vectors of a size.
 * @see Papamakarios, Nalisnick, Rezende, Mohamed and Lakshminarayanan, Normalizing Flows for Probabilistic Modeling and Inference
 *   (JMLR 2021).
 */
export function flowVector(
  name: string,
  scale: number,
  layersOf: (size: number) => readonly FlowLayer[],
): VectorFamily {
  return {
    name,
    init: (loc, key) => {
      const size = loc.shape[0]!
      const layers = layersOf(size).map((layer, at) => [`layer${at}`, layer.init(foldIn(key, at))] as const)
      const logScale = new NdArray(new Float64Array(size).fill(Math.log(scale)), [size])
      return { loc, logScale, ...Object.fromEntries(layers) }
    },
    draw: (params, key, size) => {
      let x = drawNormal(key, [size])
      for (const [at, layer] of layersOf(size).entries()) x = layer.forward(ownOf(params, at), x).vector
      return { vector: add(params['loc'] as Tensor, mul(exp(params['logScale'] as Tensor), x)) }
    },
    logProb: (params, { vector }, size) => {
      const [loc, logScale] = [params['loc'] as Tensor, params['logScale'] as Tensor]
      let x = mul(sub(vector, loc), exp(neg(logScale)))
      let logDet = neg(sum(logScale))
      for (const [at, layer] of [...layersOf(size).entries()].toReversed()) {
        const image = layer.inverse(ownOf(params, at), x)
        x = image.vector
        logDet = add(logDet, image.logDet)
      }
      return sub(add(mul(-0.5, sum(square(x))), logDet), size * HALF_LOG_TWO_PI)
    },
  }
}

function ownOf(params: ParamTree, at: number): ParamTree {
  return params[`layer${at}`] as ParamTree
}
