import type { TensorType } from '@variate/core/ops'
import type { Attributes, Kernel } from '@variate/core/internal'

export type Shape = readonly number[]

/** A tensor that a program computes: an operation, and the tensors that it takes. */
export interface Node {
  /** Its place in the graph: inputs come before what is computed of them. */
  readonly id: number
  /** The name of the operation: of a kernel of core without `variate.`, or `input`. */
  readonly op: string
  readonly inputs: readonly Node[]
  readonly attributes: Attributes
  readonly shape: Shape
  readonly dtype: TensorType
  /** The kernel that the operation runs; inputs have none. */
  readonly kernel?: Kernel | undefined
}

export function sizeOf(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1)
}

/** The number that all elements of a constant are; undefined if it is none, or holds several. */
export function uniformOf({ op, attributes }: Node): number | undefined {
  return op === 'constant' && typeof attributes['values'] === 'number' ? attributes['values'] : undefined
}

/** Element `i` of a constant. */
export function elementOf({ attributes }: Node, i: number): number {
  const values = attributes['values'] as number | ArrayLike<number>
  return typeof values === 'number' ? values : values[i]!
}
