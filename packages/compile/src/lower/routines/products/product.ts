import type { Lanes } from '../../../wasm/lanes.ts'

/** C = A·B of two matrices in memory, the numbers of a row of C one after the other. Distances of neighbours are in bytes. */
export interface Product {
  readonly rows: number
  readonly inner: number
  readonly columns: number
  readonly a: { readonly row: number; readonly inner: number }
  readonly b: { readonly inner: number; readonly column: number }
  readonly c: { readonly row: number }
  /** Whether it is added to what C holds; products by tiles can be. */
  readonly isAdded?: boolean
}

/** How many vectors hold so many numbers. */
export function vectorsOf(l: Lanes, count: number): number {
  return Math.ceil(count / l.count)
}
