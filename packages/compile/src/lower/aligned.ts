/** The bytes of a vector, which is read fastest from addresses that are multiples of them. */
export const VECTOR_BYTES = 16

/** So many bytes or some more, so that what follows is aligned. */
export function aligned(bytes: number): number {
  return Math.ceil(bytes / VECTOR_BYTES) * VECTOR_BYTES
}
