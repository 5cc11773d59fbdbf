import type { TensorType } from '@variate/core/ops'
import type { ProgramPiece } from '../compiled/explain.ts'
import type { Node, Shape } from '../graph/node.ts'
import type { PassCount } from '../graph/passes.ts'
import type { Lifetime } from './lifetimes.ts'
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
  /** Says that a node lies where another did, of the same size and type, which nothing reads any more. */
  takeOver(node: Node, of: Node): void
  /** Says that code that is written from now on has places of their own for those of nodes that have taken over others'. */
  moveOut(nodes: readonly Node[]): void
  /** How many bytes the elements of a tensor of a shape and a type take. */
  bytesOf(x: { readonly shape: Shape; readonly dtype: TensorType }): number
  /** Whether a node has a place that no other has. */
  isKept(node: Node): boolean
  /** Says that a node has a place that no other has. */
  keep(node: Node): void
  /** Gives nodes places that others have before or after. */
  share(lifetimes: ReadonlyMap<Node, Lifetime>): void
  /** The byte address of room for so many bytes, a multiple of 16, until rooms are free again. */
  room(bytes: number): number
  /** Says that nothing reads what is in the rooms any more. */
  freeRoom(): void
  /** An element of the node, of arguments in float64 and like these: by a function of the module, or in JavaScript. */
  callOf(node: Node, args: readonly Value[]): Value
  /** The place among functions of one that computes the node in JavaScript, in memory from its inputs there; `isRare` if only where code of its own cannot. */
  kernelOf(node: Node, isRare?: boolean): number
  /**
   * The code of nodes in memory that computes outputs there, of what is given there.
   *
   * @param moves which outputs take the place of what is given, once all has run: they may be written there at once.
   */
  lowered(
    nodes: readonly Node[],
    outputs: readonly Node[],
    given: ReadonlySet<Node>,
    moves?: ReadonlyMap<Node, Node>,
  ): readonly Statement[]
  /** Says what code was written for. */
  tell(piece: ProgramPiece): void
  /** Says what passes made of a part of the program. */
  count(passes: readonly PassCount[]): void
  /** Makes statements a function of the module; the call of it, with what its parameters hold there. */
  define(statements: readonly Statement[], parameters?: readonly Variable[]): Instruction
  /** How many threads do parts of regions. */
  readonly threads: number
  /**
   * What does all parts of a region, in any order, several at the same time: it is a function of the module, and within it is
   * no other region. Parts do not write what another reads or writes.
   *
   * @param body the statements of one part, given its number.
   */
  region(parts: number, body: (part: Value) => readonly Statement[]): readonly Statement[]
}
