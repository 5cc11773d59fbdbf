import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { add, mul, slice, softplus, sub } from '@variate/core/ops'
import { requireKnown } from '../../regression/checkOptions.ts'
import type { Decoder } from './decoder.ts'
import { discretizedLogistic, type DiscretizedLogistic } from './discretizedLogistic.ts'
import { leastScaleOf, type LeastScaleOptions } from './leastScale.ts'

export interface DiscretizedLogisticOptions extends LeastScaleOptions {
  /** How many levels there are; 256, if not given, those of bytes. */
  readonly levels?: number
}

/**
 * Levels in an order, such as the brightness of pixels, 0 … 255, independent given the latents: each is that nearest to a logistic
 * variable on the scale from −1, the first level, to 1, the last. The network gives its means and, of each, the scale, leastScale +
 * log(1 + exp y) of its number y. The encoder reads levels on the same scale.
 *
 * @throws DomainError unless `levels` is a whole number ≥ 2, for a least scale that is not finite and > 0, and options that there are
 *   not.
 * @see Salimans et al., PixelCNN++ (ICLR 2017), §2.1; Kingma et al., Improved Variational Inference with Inverse Autoregressive Flow
 *   (NeurIPS 2016), §5.2.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { tensor1d } from '@tensorflow/tfjs-core'
 * import { discretizedLogisticDecoder } from '@variate/models/autoencoders'
 *
 * const { distribution } = discretizedLogisticDecoder({ levels: 3 })
 * distribution(tensor1d([0, 0]), 1).logProb([0]).arraySync() // => [-1.1168]
 * distribution(tensor1d([0, 0]), 1).mean().arraySync() // => [1]
 * ```
 */
export function discretizedLogisticDecoder(
  options: DiscretizedLogisticOptions = {},
): Decoder<DiscretizedLogistic> {
  const who = 'discretizedLogisticDecoder'
  requireKnown(who, options, ['levels', 'leastScale'])
  const { levels = 256, ...others } = options
  const leastScale = leastScaleOf(who, others)
  if (!Number.isInteger(levels) || levels < 2)
    throw new DomainError(`${who}: levels must be a whole number ≥ 2, got ${shown(levels)}`)
  return {
    name: 'discretizedLogistic',
    range: [0, levels - 1],
    width: (count) => 2 * count,
    distribution: (numbers, count) => {
      const scale = add(leastScale, softplus(slice(numbers, [count], [count]))) as Tensor
      return discretizedLogistic(slice(numbers, [0], [count]), scale, levels)
    },
    reads: (count) => ({
      input: [count],
      output: [count],
      init: () => ({}),
      apply: (_, x) => sub(mul(x, 2 / (levels - 1)), 1) as Tensor,
    }),
  }
}
