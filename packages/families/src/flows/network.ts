import type { Tensor } from '@tensorflow/tfjs-core'
import { foldIn, NdArray, random, type Key } from '@variate/core'
import { affine, constant, mul, reshape, tanh } from '@variate/core/ops'
import type { ParamArrays, ParamTree } from '../variational.ts'

/** A function of vectors with parameters. */
export interface Network {
  init(key: Key): ParamArrays
  apply(params: ParamTree, x: Tensor): Tensor
}

/** Which weights are there: of layer `layer`, from number `from` to number `to`. */
export type Mask = (layer: number, from: number, to: number) => boolean

/** Hidden units for vectors of a size, where nothing is said: two layers. */
export function hiddenFor(size: number): readonly number[] {
  const units = Math.max(2 * size, 16)
  return [units, units]
}

/**
 * A network of layers of tanh units, whose last layer is linear and begins with zeros. Without inputs it is a vector of parameters.
 *
 * @param lengths how many numbers each layer takes, the last what it gives.
 * @param mask which weights are there; all, if not given.
 */
export function network(lengths: readonly number[], mask?: Mask): Network {
  const layers = lengths.slice(1).map((to, at) => {
    const from = lengths[at]!
    const kept =
      mask && Float64Array.from({ length: to * from }, (_, i) => +mask(at, i % from, Math.floor(i / from)))
    return { from, to, kept, isLast: at === lengths.length - 2 }
  })
  const begin = lengths[0] === 0 ? layers.length - 1 : 0
  return {
    init: (key) =>
      Object.fromEntries(
        layers.slice(begin).flatMap(({ from, to, kept, isLast }, at) => {
          const weights = isLast ? new Float64Array(to * from) : weightsOf(foldIn(key, at), to, from, kept)
          return [
            ...(begin === 0 ? [[`weights${at}`, new NdArray(weights, [to, from])] as const] : []),
            [`biases${at}`, new NdArray(new Float64Array(to), [to])] as const,
          ]
        }),
      ),
    apply: (params, x) => {
      if (begin > 0) return params['biases0'] as Tensor
      return layers.reduce((input, { from, to, kept, isLast }, at) => {
        const all = params[`weights${at}`] as Tensor
        const weights = kept ? mul(all, reshape(constant(kept), [to, from])) : all
        const output = affine(weights, input, params[`biases${at}`] as Tensor)
        return isLast ? output : tanh(output)
      }, x)
    },
  }
}

/** Normal, with sums of variance 1 for inputs of variance 1. */
function weightsOf(key: Key, to: number, from: number, kept: Float64Array | undefined): Float64Array {
  const draws = random.normal(key, [to * from], { dtype: 'float64' }).data
  const inputs = new Float64Array(to).fill(kept ? 0 : from)
  for (const [at, one] of (kept ?? []).entries()) inputs[Math.floor(at / from)]! += one
  return draws.map((x, at) => x / Math.sqrt(Math.max(inputs[Math.floor(at / from)]!, 1)))
}
