import type { Tensor } from '@tensorflow/tfjs-core'
import { runKernel } from '../kernel.ts'
import { reshape } from '../shapes.ts'
import { slice } from '../slice.ts'
import { keyTensor, splitKernel, type AnyKey } from './key.ts'

/**
 * Random words of 32 bits, int32 [count]: the keys that `splitKey` makes, one behind the other. They are a function of the key
 * alone, and no draws: elements of a batch that share a key have the same.
 */
export function randomBits(key: AnyKey, count: number): Tensor {
  const keys = runKernel('variate.splitKey', splitKernel, [keyTensor(key)], { count: Math.ceil(count / 2) })
  return slice(reshape(keys, [-1]), [0], [count])
}
