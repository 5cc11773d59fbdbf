import { concat, reshape, slice } from '@variate/core/ops'
import type { AnyNetwork, Network, NoParams } from '@variate/language'

/** A layer without parameters of the first numbers of a vector; `more` numbers behind them stay as they are. */
export function beside(layer: AnyNetwork, more: number): Network<NoParams> {
  const taken = layer.input.reduce((a, b) => a * b, 1)
  return {
    input: [taken + more],
    output: [layer.output[0]! + more],
    init: () => ({}),
    apply: (_, x) => {
      const lead = x.shape.slice(0, -1)
      const start = lead.map(() => 0)
      const first = slice(x, [...start, 0], [...lead, taken])
      const placed = layer.input.length === 1 ? first : reshape(first, [...lead, ...layer.input])
      const rest = slice(x, [...start, taken], [...lead, more])
      return concat([layer.apply({} as never, placed), rest], -1)
    },
  }
}
