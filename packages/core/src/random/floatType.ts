import { DomainError } from '../errors.ts'

/** The precision of real draws. Both give the numbers that JAX gives for that precision. */
export type FloatType = 'float32' | 'float64'

/** The typed array that holds numbers of a precision. */
export type FloatArray<Type extends FloatType> = { float32: Float32Array; float64: Float64Array }[Type]

/** @throws DomainError for a name that is not a precision. */
export function newFloatArray<Type extends FloatType>(type: Type, size: number, who: string): FloatArray<Type>
export function newFloatArray(type: FloatType, size: number, who: string): Float32Array | Float64Array {
  if (type === 'float32') return new Float32Array(size)
  if (type === 'float64') return new Float64Array(size)
  throw new DomainError(`${who}: dtype must be 'float32' or 'float64', got ${String(type)}`)
}
