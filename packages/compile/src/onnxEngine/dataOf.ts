import type { TensorType } from '@variate/core/ops'
import type { Data } from '../loop/loopProgram.ts'
import type { Precision } from '../wasm/lanes.ts'
import type { OnnxData, OnnxType } from './runtime.ts'

/** The type that a tensor has in a model. */
export function typeIn(dtype: TensorType, precision: Precision): OnnxType {
  return dtype === 'float32' ? precision : dtype
}

const ARRAYS = { float32: Float32Array, float64: Float64Array, int32: Int32Array, bool: Uint8Array } as const

/** Room for so many elements. */
export function roomOf(type: OnnxType, size: number): OnnxData {
  return new ARRAYS[type](size)
}

/** Elements as a model takes them: those that are given, where they are of its type. */
export function given(type: OnnxType, data: ArrayLike<number>): OnnxData {
  return data instanceof ARRAYS[type] ? data : ARRAYS[type].from(data)
}

/** Elements as programs give them, in which truth values are real numbers: those that are given, where they are none. */
export function taken(data: OnnxData, precision: Precision): Data {
  if (!(data instanceof Uint8Array)) return data
  return precision === 'float64' ? Float64Array.from(data) : Float32Array.from(data)
}
