import type { TensorType } from '@variate/core/ops'
import type { Lanes } from '../wasm/lanes.ts'
import { I32, value, type Value } from '../wasm/value.ts'
import { choose, literal } from './element.ts'

/** The operations that reduce along axes. */
export type Reduction = 'sum' | 'max'

export function isReduction(op: string): op is Reduction {
  return op === 'sum' || op === 'max'
}

/** Two elements combined. */
export function combine(l: Lanes, op: Reduction, dtype: TensorType, a: Value, b: Value): Value {
  if (dtype === 'float32') return op === 'sum' ? l.add(a, b) : l.max(a, b)
  return op === 'sum' ? value(I32, [0x6a], [a, b]) : choose(l, value(I32, [0x4a], [a, b]), a, b)
}

/** What a reduction of no elements gives. */
export function ofNone(l: Lanes, op: Reduction, dtype: TensorType): Value {
  return literal(l, op === 'sum' ? 0 : dtype === 'float32' ? -Infinity : -(2 ** 31), dtype)
}
