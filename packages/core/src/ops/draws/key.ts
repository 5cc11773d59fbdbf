import type { Tensor } from '@tensorflow/tfjs-core'
import { sizeOf } from '../../ndarray.ts'
import * as plain from '../../random/key.ts'
import { ShapeError } from '../../errors.ts'
import { newValues, runKernel, type Kernel, type Values } from '../kernel.ts'
import { isTensor } from '../real.ts'
import { constant, fill } from '../constant.ts'
import { reshape } from '../shapes.ts'
import { slice } from '../slice.ts'

/** A key as plain data, or its two words as an int32 tensor [2], so that a trace has it as an input. */
export type AnyKey = plain.Key | Tensor

const constantGradient: Kernel['gradient'] = (index, _, inputs) => fill(inputs[index]!.shape, 0)

export const splitKernel: Kernel = {
  compute: ([key], attributes) => {
    const count = attributes['count'] as number
    const keys = plain.split(keyOf(key!), count)
    return { data: Int32Array.from(keys.flat()), shape: [count, 2], dtype: 'int32' }
  },
  gradient: constantGradient,
}

/** Independent keys made from one, which is then used up; of the kind that the key is. */
export function splitKey(key: AnyKey, count = 2): readonly AnyKey[] {
  if (!isTensor(key)) return plain.split(key, count)
  checkKey(key, 'splitKey')
  const keys = runKernel('variate.splitKey', splitKernel, [key], { count })
  return Array.from({ length: count }, (_, i) => reshape(slice(keys, [i, 0], [1, 2]), [2]))
}

const foldInKernel: Kernel = {
  compute: ([key, data]) => {
    const folded = plain.foldIn(keyOf(key!), data!.data[0]! >>> 0)
    const out = newValues([2], 'int32')
    out.data.set(folded.map((word) => word | 0))
    return out
  },
  gradient: constantGradient,
}

/** A key made from a key and a number, such as a step; of the kind that the key is. */
export function foldInKey(key: AnyKey, data: number | Tensor): AnyKey {
  if (!isTensor(key) && typeof data === 'number') return plain.foldIn(key, data)
  const number = typeof data === 'number' ? fill([], data | 0, 'int32') : data
  return runKernel('variate.foldInKey', foldInKernel, [keyTensor(key), number])
}

/** The key as a tensor. */
export function keyTensor(key: AnyKey): Tensor {
  checkKey(key, 'keyTensor')
  return isTensor(key) ? key : runKernel('variate.key', keyKernel, [], { words: [...key] })
}

const keyKernel: Kernel = {
  compute: (_, attributes) => {
    const out = newValues([2], 'int32')
    out.data.set((attributes['words'] as readonly number[]).map((word) => word | 0))
    return out
  },
  gradient: constantGradient,
}

/** The key that a kernel was given as a tensor. */
export function keyOf({ data }: Values): plain.Key {
  return [data[0]! >>> 0, data[1]! >>> 0] as unknown as plain.Key
}

/** @throws DomainError for what is no key; ShapeError for a tensor that is not int32 of shape [2]. */
export function checkKey(key: AnyKey, who: string): void {
  if (!isTensor(key)) plain.checkKey(key, who)
  else if (constant(key, 'int32', `${who}: key`).dtype !== 'int32' || String(key.shape) !== '2') {
    throw new ShapeError(`${who}: expected a key, int32 [2], got ${key.dtype} [${key.shape}]`)
  }
}

/** @throws DomainError for what is no key; ShapeError for what is no shape. */
export function checkDraw(key: AnyKey, shape: readonly number[], who: string): void {
  checkKey(key, who)
  sizeOf(shape, `${who}: shape`)
}
