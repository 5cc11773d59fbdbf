import { DomainError, ShapeError, split } from '@variate/core'
import { shown } from '@variate/core/internal'
import { contextOf, within } from './nested.ts'
import type { AnyNetwork, Network, NetworkParams } from './network.ts'

/** A network, or what makes one of the shape that comes before it: `flatten`, `(shape) => dropout(shape, 0.5)`. */
export type Layer = AnyNetwork | ((shape: readonly number[]) => AnyNetwork)

/** The parameters of layers, in their order. */
export type LayerParams<Layers extends readonly Layer[]> = {
  readonly [At in keyof Layers]: Layers[At] extends (shape: readonly number[]) => infer Made
    ? ParamsOf<Made>
    : ParamsOf<Layers[At]>
}

/** The parameters of a network. */
export type ParamsOf<Of> = Of extends { init(...args: never): infer Params extends NetworkParams }
  ? Params
  : never

/**
 * Networks one behind the other.
 *
 * @param layers the first is a network; others may be functions that make one of the shape that the layer before gives.
 * @throws DomainError for no layers; ShapeError for a layer that takes another shape than the one before gives, which names both.
 *
 * @example
 * ```ts
 * import { key } from '@variate/core'
 * import { conv2d, dense, dropout, flatten, sequential } from '@variate/language'
 *
 * const encoder = sequential([
 *   conv2d([28, 28, 1], 8, { kernel: 4, strides: 2, padding: 'same', activation: 'relu' }),
 *   (shape) => dropout(shape, 0.2),
 *   flatten,
 *   dense(14 * 14 * 8, 10),
 * ])
 * encoder.output // => [10]
 * encoder.init(key(0))[3].weights.shape // => [10, 1568]
 * sequential([dense(2, 3), dense(4, 1)]) // => throws 'layer 1 takes [4], layer 0 gives [3]'
 * ```
 */
export function sequential<const Layers extends readonly Layer[]>(
  layers: Layers,
): Network<LayerParams<Layers>> {
  const networks = made(layers)
  const [first, last] = [networks[0]!, networks.at(-1)!]
  return {
    input: first.input,
    output: last.output,
    init: (key) => {
      const keys = split(key, networks.length)
      return networks.map((network, i) => network.init(keys[i]!)) as LayerParams<Layers>
    },
    apply: (params, x, context) =>
      networks.reduce(
        (at, network, i) =>
          within(`layer ${i}`, () =>
            network.apply((params as readonly unknown[])[i] as never, at, contextOf(context, i)),
          ),
        x,
      ),
  }
}

function made(layers: readonly Layer[]): readonly AnyNetwork[] {
  if (!Array.isArray(layers) || layers.length === 0)
    throw new DomainError(`sequential: there must be at least one layer, got ${shown(layers)}`)
  const networks: AnyNetwork[] = []
  for (const [i, layer] of (layers as readonly Layer[]).entries()) {
    const before = networks.at(-1)?.output
    if (typeof layer === 'function' && !before)
      throw new DomainError('sequential: the first layer must be a network: its input is that of all')
    const network = typeof layer === 'function' ? within(`layer ${i}`, () => layer(before!)) : layer
    if (before && String(before) !== String(network.input)) {
      throw new ShapeError(
        `sequential: layer ${i} takes [${network.input}], layer ${i - 1} gives [${before}]: make them equal, or put flatten or ` +
          'reshape in between',
      )
    }
    networks.push(network)
  }
  return networks
}
