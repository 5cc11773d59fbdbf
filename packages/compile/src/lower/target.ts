import type { TensorType } from '@variate/core/ops'
import type { ProgramPiece } from '../compiled/explain.ts'
import type { Node, Shape } from '../graph/node.ts'
import type { Lanes } from '../wasm/lanes.ts'
import type { Instruction, Statement, Variable } from '../wasm/statement.ts'
import type { Value } from '../wasm/value.ts'

/** What code is written for: a module of functions that work on tensors in one memory. */
export interface Target {
  /** One number, and as many as a vector holds. */
  readonly lanes: Lanes
  readonly vectors: Lanes
  /** The byte address of a node's elements: row-major, real numbers and truth values in the precision, whole ones as int32. */
  address(node: Node): number
  /** Whether a node has no place yet, or that of another. */
  canLieAt(node: Node, of: Node): boolean
  /** Says that a node lies where another does, of the same size and type. */
  alias(node: Node, of: Node): void
  /** How many bytes the elements of a tensor of a shape and a type take. */
  bytesOf(x: { readonly shape: Shape; readonly dtype: TensorType }): number
  /** The byte address of room for so many bytes, a multiple of 16. */
  room(bytes: number): number
  /** An element of the node, of arguments in float64 and like these: by a function of the module, or in JavaScript. */
  callOf(node: Node, args: readonly Value[]): Value
  /** The place among functions of one that computes the node in JavaScript, in memory from its inputs there; `isRare` if only where code of its own cannot. */
  kernelOf(node: Node, isRare?: boolean): number
  /** The code of nodes in memory that computes outputs there, of what is given there. */
  lowered(nodes: readonly Node[], outputs: readonly Node[], given: ReadonlySet<Node>): readonly Statement[]
  /** Says what code was written for. */
  tell(piece: ProgramPiece): void
  /** Whether vectors are multiplied and added with one rounding, by relaxed SIMD. */
  readonly fused: boolean
  /** Makes statements a function of the module; the call of it, with what its parameters hold there. */
  define(statements: readonly Statement[], parameters?: readonly Variable[]): Instruction
}
