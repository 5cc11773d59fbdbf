import type { Tensor } from '@tensorflow/tfjs-core'
import { add, exp, fill, mul, neg, reshape, slice, sub, sum } from '@variate/core/ops'
import type { ParamTree } from '../variational.ts'
import { boundedLog } from './boundedLog.ts'
import { back, type FlowLayer } from './layer.ts'
import { network, type Mask } from './network.ts'

/**
 * The affine autoregressive layer yᵢ = m(x₁ … xᵢ₋₁) + xᵢ·exp(s(x₁ … xᵢ₋₁)), m and s of one masked network. Forward at once; back
 * number by number, the first being the same whatever the others are: the network is run once for each.
 *
 * @param isReversed whether the last number comes first.
 * @see Germain, Gregor, Murray and Larochelle, MADE (ICML 2015); Kingma et al., Improved Variational Inference with Inverse
 *   Autoregressive Flow (NeurIPS 2016).
 */
export function autoregressive(size: number, hidden: readonly number[], isReversed: boolean): FlowLayer {
  const { init, apply } = network([size, ...hidden, 2 * size], maskOf(size, hidden.length, isReversed))
  const conditioned = (params: ParamTree, x: Tensor) => {
    const raw = reshape(apply(params, x), [2 * size])
    return { shift: slice(raw, [0], [size]), logScale: boundedLog(slice(raw, [size], [size])) }
  }
  return {
    init,
    forward: (params, x) => {
      const { shift, logScale } = conditioned(params, x)
      return { vector: add(shift, mul(x, exp(logScale))), logDet: sum(logScale) }
    },
    inverse: (params, y) => {
      let x = fill([size], 0)
      let logDet = fill([], 0)
      for (let known = 0; known < size; known++) {
        const { shift, logScale } = conditioned(params, x)
        x = mul(sub(y, shift), exp(neg(logScale)))
        logDet = sum(logScale)
      }
      return back(x, logDet)
    },
  }
}

/** A unit of degree k sees the first k numbers; what is made of number k sees those before it. */
function maskOf(size: number, hiddenLayers: number, isReversed: boolean): Mask {
  const place = (at: number): number => (isReversed ? size - at : at + 1)
  const degree = (unit: number): number => 1 + (unit % Math.max(size - 1, 1))
  return (layer, from, to) => {
    const seen = layer === 0 ? place(from) : degree(from)
    return layer === hiddenLayers ? seen < place(to % size) : seen <= degree(to)
  }
}
