import { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'

/** Tensors and arrays as their types, shapes and bits; the tensors are disposed. */
export function plain(x: unknown): unknown {
  if (x instanceof Tensor) {
    const { dtype, shape } = x
    const data = x.dataSync()
    x.dispose()
    return told(data as Float32Array, shape, dtype)
  }
  if (x instanceof NdArray) return told(x.data, x.shape)
  if (Array.isArray(x)) return x.map(plain)
  return typeof x === 'object' && x !== null
    ? Object.fromEntries(Object.entries(x).map(([name, item]) => [name, plain(item)]))
    : x
}

function told(data: NdArray['data'], shape: readonly number[], dtype?: string): unknown {
  const own =
    dtype ?? (data instanceof Int32Array ? 'int32' : data instanceof Uint8Array ? 'bool' : 'float32')
  return {
    shape: [...shape],
    dtype: own,
    data: Array.from(data, (item) => (Object.is(item, -0) ? '-0' : item)),
  }
}
