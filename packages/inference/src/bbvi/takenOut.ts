import { dispose, Tensor } from '@tensorflow/tfjs-core'
import { NdArray, type NumericArray } from '@variate/core'

/** A tree of tensors as plain data, which nobody has to dispose; the tensors are. */
export function takenOut(tree: unknown): unknown {
  const plain = plainOf(tree)
  dispose(tree as never)
  return plain
}

function plainOf(x: unknown): unknown {
  if (x instanceof Tensor) return new NdArray(x.dataSync().slice() as NumericArray, x.shape)
  if (x instanceof NdArray || typeof x !== 'object' || x === null) return x
  if (Array.isArray(x)) return x.map(plainOf)
  return Object.fromEntries(Object.entries(x).map(([name, item]) => [name, plainOf(item)]))
}
