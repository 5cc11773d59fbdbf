import { createHash } from 'node:crypto'
import { Tensor } from '@tensorflow/tfjs-core'
import { NdArray } from '@variate/core'

/** The SHA-256 of the bits of all tensors and arrays in a value, in their order; the tensors are disposed. */
export function bitsOf(value: unknown): string {
  const hash = createHash('sha256')
  const walk = (x: unknown): void => {
    if (x instanceof Tensor) {
      hash.update(new Uint8Array(x.dataSync().slice().buffer))
      x.dispose()
    } else if (x instanceof NdArray) hash.update(new Uint8Array(x.data.slice().buffer))
    else if (typeof x === 'object' && x !== null) Object.values(x).forEach(walk)
  }
  walk(value)
  return hash.digest('hex').slice(0, 16)
}
