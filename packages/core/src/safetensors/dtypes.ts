import type { NumericArray } from '../ndarray.ts'

export interface Dtype {
  readonly name: string
  readonly bytes: number
  readonly arrayType: new (buffer: ArrayBuffer) => NumericArray
}

/** The element types that an `NdArray` may hold, in the order in which safetensors stores tensors: widest first. */
export const DTYPES: readonly Dtype[] = [
  { name: 'F64', bytes: 8, arrayType: Float64Array },
  { name: 'F32', bytes: 4, arrayType: Float32Array },
  { name: 'U32', bytes: 4, arrayType: Uint32Array },
  { name: 'I32', bytes: 4, arrayType: Int32Array },
  { name: 'U8', bytes: 1, arrayType: Uint8Array },
]
