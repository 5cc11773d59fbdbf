import type { Plain } from './ran.ts'

const sizeOf = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)

/** Real numbers from −1 to 1, as float32 holds them. */
export function real(shape: readonly number[], seed = 1): Plain {
  const at = (i: number): number => Math.fround(Math.sin(12.9898 * (i + 1) + 4.1414 * seed))
  return { data: Array.from({ length: sizeOf(shape) }, (_, i) => at(i)), shape, dtype: 'float32' }
}

/** Whole numbers. */
export function whole(shape: readonly number[], ...data: number[]): Plain {
  return { data, shape, dtype: 'int32' }
}

/** Truth values. */
export function truth(shape: readonly number[], ...data: number[]): Plain {
  return { data, shape, dtype: 'bool' }
}
