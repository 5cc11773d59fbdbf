import { tensor, type Tensor } from '@tensorflow/tfjs-core'
import { key } from '@variate/core'

/** A tensor as plain data. */
export interface Plain {
  readonly type: 'float32' | 'int32' | 'bool'
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** Real numbers of those from −1 to 1, as float32 holds them: the same each time. */
export function reals(shape: readonly number[], seed: number, of: (x: number) => number = (x) => x): Plain {
  const at = (i: number): number => Math.fround(of(Math.sin(12.9898 * (i + 1) + 4.1414 * seed)))
  return { type: 'float32', shape, data: Array.from({ length: sizeOf(shape) }, (_, i) => at(i)) }
}

export function wholes(...data: readonly number[]): Plain {
  return { type: 'int32', shape: [data.length], data }
}

export function flags(...data: readonly number[]): Plain {
  return { type: 'bool', shape: [data.length], data }
}

/** The key of a seed, as models take it. */
export function keyOf(seed: number): Plain {
  return wholes(...key(seed).map((word) => word | 0))
}

export function tensorOf({ type, shape, data }: Plain): Tensor {
  return tensor([...data], [...shape], type)
}
