import { DomainError, NdArray, ShapeError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { affine, constant, mul } from '@variate/core/ops'
import { activationOf, isRectifier, type Activation } from './activations.ts'
import { glorotUniform, heNormal, type Initializer } from './initializers.ts'
import type { Network } from './network.ts'

export interface DenseOptions {
  /** What is applied to W x + b; `linear` if not given. */
  readonly activation?: Activation
  /** What the weights begin with: He's normals before a relu and its like, else Glorot's uniform numbers. */
  readonly init?: Initializer
  /** 1 for each weight that there is and 0 for those that are not, [outputs, inputs]: what is masked is 0 and stays it. */
  readonly mask?: NdArray
}

/** Of a layer: weights [outputs, inputs], and what is added [outputs]. */
export type DenseParams = {
  readonly weights: NdArray<Float32Array>
  readonly bias: NdArray<Float32Array>
}

/**
 * A layer of `outputs` numbers, each a function of all `inputs`: activation(W x + b).
 *
 * @throws DomainError for numbers of inputs or outputs that are no whole numbers ≥ 1; ShapeError for a mask of another shape
 *   than [outputs, inputs].
 *
 * @example
 * ```ts
 * import { key } from '@variate/core'
 * import { dense } from '@variate/language'
 *
 * const layer = dense(3, 2, { activation: 'relu' })
 * layer.init(key(0)).weights.shape // => [2, 3]
 * ```
 */
export function dense(
  inputs: number,
  outputs: number,
  { activation = 'linear', init, mask }: DenseOptions = {},
): Network<DenseParams> {
  for (const [name, count] of Object.entries({ inputs, outputs })) {
    if (Number.isInteger(count) && count >= 1) continue
    throw new DomainError(`dense: ${name} must be a whole number ≥ 1, got ${shown(count)}`)
  }
  if (mask && String(mask.shape) !== String([outputs, inputs])) {
    throw new ShapeError(`dense: the mask must have shape [${outputs}, ${inputs}], got [${mask.shape}]`)
  }
  const begin = init ?? (isRectifier(activation) ? heNormal : glorotUniform)
  const apply = activationOf(activation, 'dense')
  return {
    input: [inputs],
    output: [outputs],
    init: (key) => ({
      weights: begin(key, outputs, inputs),
      bias: new NdArray(new Float32Array(outputs), [outputs]),
    }),
    apply: ({ weights, bias }, x) => {
      if (x.shape.at(-1) !== inputs) {
        throw new ShapeError(`dense: the layer takes ${inputs} numbers, got shape [${x.shape}]`)
      }
      return apply(affine(mask ? mul(weights, constant(mask)) : weights, x, bias))
    },
  }
}
