import { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, type NumericArray } from '@variate/core'

/** A tree of tensors as plain data, which nobody has to dispose; the tensors are. */
export function takenOut(tree: unknown): unknown {
  // TensorFlow.js would look for tensors among the numbers of plain data as well, one by one.
  const tensors = new Set<Tensor>()
  const plain = plainOf(tree, tensors)
  for (const tensor of tensors) tensor.dispose()
  return plain
}

function plainOf(x: unknown, tensors: Set<Tensor>): unknown {
  if (x instanceof Tensor) {
    tensors.add(x)
    return new NdArray(x.dataSync().slice() as NumericArray, x.shape)
  }
  if (x instanceof NdArray || typeof x !== 'object' || x === null) return x
  if (Array.isArray(x)) return x.map((item) => plainOf(item, tensors))
  return Object.fromEntries(Object.entries(x).map(([name, item]) => [name, plainOf(item, tensors)]))
}
