import { DomainError, split } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Activation } from './activations.ts'
import { dense, type DenseParams } from './dense.ts'
import type { Initializer } from './initializers.ts'
import type { Network } from './network.ts'

export interface MlpOptions {
  /** Between layers; `relu` if not given. */
  readonly activation?: Activation
  /** Behind the last; `linear` if not given. */
  readonly output?: Activation
  readonly init?: Initializer
}

/**
 * A multilayer perceptron: dense layers one behind the other.
 *
 * @param widths how many numbers each layer takes, and at last how many the network gives.
 * @throws DomainError for fewer than two widths, or widths that are no whole numbers ≥ 1.
 *
 * @example
 * ```ts
 * import { key } from '@variate/core'
 * import { mlp } from '@variate/language'
 *
 * const decoder = mlp([2, 400, 784], { activation: 'tanh' })
 * decoder.output // => [784]
 * decoder.init(key(0)).map(({ weights }) => weights.shape) // => [[400, 2], [784, 400]]
 * ```
 */
export function mlp(
  widths: readonly number[],
  { activation = 'relu', output = 'linear', init }: MlpOptions = {},
): Network<readonly DenseParams[]> {
  if (!Array.isArray(widths) || widths.length < 2) {
    throw new DomainError(
      `mlp: there must be at least two widths, of what goes in and out, got ${shown(widths)}`,
    )
  }
  const last = widths.length - 2
  const layers = widths.slice(0, -1).map((width: number, i) => {
    const own = i === last ? output : activation
    return dense(width, widths[i + 1]!, { activation: own, ...(init ? { init } : {}) })
  })
  return {
    input: [widths[0]!],
    output: [widths.at(-1)!],
    init: (key) => {
      const keys = split(key, layers.length)
      return layers.map((layer, i) => layer.init(keys[i]!))
    },
    apply: (params, x) => layers.reduce((at, layer, i) => layer.apply(params[i]!, at), x),
  }
}
