import type { Tensor } from '@tensorflow/tfjs-core'
import { concat, constant, gather } from '@variate/core/ops'
import { type FlowLayer, type Image } from './layer.ts'
import { network } from './network.ts'

/** A monotone map of each of some numbers, by as many rows of shape parameters: the identity where these are 0. */
export interface Elementwise {
  /** How many parameters there are for a number. */
  readonly shapes: number
  forward(shape: Tensor, x: Tensor): Image
  inverse(shape: Tensor, y: Tensor): Image
}

/**
 * A coupling layer: some numbers stay, and tell by a network how the others are mapped, each by itself. One number alone is mapped
 * by parameters.
 *
 * @param at which layer it is: each two exchange what stays, and the next two take another division.
 * @see Dinh, Sohl-Dickstein and Bengio, Density Estimation Using Real NVP (ICLR 2017).
 */
export function coupling(size: number, at: number, hidden: readonly number[], map: Elementwise): FlowLayer {
  const { kept, moved } = divisionOf(size, at)
  const { init, apply } = network([kept.length, ...hidden, moved.length * map.shapes])
  const places = [...kept, ...moved]
  const order = Float64Array.from({ length: size }, (_, i) => places.indexOf(i))
  const through =
    (way: 'forward' | 'inverse'): FlowLayer['forward'] =>
    (params, x) => {
      const stays = kept.length > 0 ? takeOf(x, kept) : undefined
      const shape = apply(params, stays ?? x)
      const { vector, logDet } = map[way](shape, takeOf(x, moved))
      return { vector: stays ? gather(concat([stays, vector]), constant(order, 'int32')) : vector, logDet }
    }
  return { init, forward: through('forward'), inverse: through('inverse') }
}

function takeOf(x: Tensor, places: readonly number[]): Tensor {
  return gather(x, constant(Float64Array.from(places), 'int32'))
}

/** Numbers divided by a digit of their place in binary: after log₂(size) divisions each two have been apart. */
function divisionOf(size: number, at: number) {
  const all = Array.from({ length: size }, (_, i) => i)
  if (size === 1) return { kept: [], moved: all }
  const digit = Math.floor(at / 2) % Math.ceil(Math.log2(size))
  const isMoved = (i: number): boolean => ((i >> digit) & 1) === at % 2
  return { kept: all.filter((i) => !isMoved(i)), moved: all.filter(isMoved) }
}
