import type { Lanes } from '../../../wasm/lanes.ts'
import { V128, value, type Value } from '../../../wasm/value.ts'
import { vectorCode } from '../../../wasm/instructions.ts'
import type { Target } from '../../target.ts'

/** C = A·B of two matrices in memory, C with its rows one after the other. Distances of neighbours are in bytes. */
export interface Product {
  readonly rows: number
  readonly inner: number
  readonly columns: number
  readonly a: { readonly row: number; readonly inner: number }
  readonly b: { readonly inner: number; readonly column: number }
}

/** x·y + z in vectors, rounded once where the target fuses. */
export function multiplyAdd({ vectors: l, fused }: Target, x: Value, y: Value, z: Value): Value {
  return fused ? value(V128, vectorCode(l.isDouble ? 0x107 : 0x105), [x, y, z]) : l.add(z, l.mul(x, y))
}

/** How many vectors hold so many numbers. */
export function vectorsOf(l: Lanes, count: number): number {
  return Math.ceil(count / l.count)
}
