import { activationOf, type Activation } from './activations.ts'
import type { Network, NoParams } from './network.ts'
import { checkShape, leadingOf } from './shapes.ts'

/**
 * An activation as a layer of its own.
 *
 * @param shape of what it takes and gives.
 * @throws DomainError for an activation that there is not.
 *
 * @example
 * ```ts
 * import { activation, dense, layerNorm, sequential } from '@variate/language'
 *
 * sequential([dense(2, 8), layerNorm, (shape) => activation(shape, 'gelu')]).output // => [8]
 * ```
 */
export function activation(shape: readonly number[], name: Activation): Network<NoParams> {
  checkShape('activation', shape)
  const f = activationOf(name)
  return {
    input: shape,
    output: shape,
    init: () => ({}),
    apply: (_, x) => {
      leadingOf('activation', x, shape)
      return f(x)
    },
  }
}
