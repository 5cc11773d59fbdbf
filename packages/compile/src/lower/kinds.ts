import { sizeOf, uniformOf, type Node, type Shape } from '../graph/node.ts'
import type { Precision } from '../wasm/lanes.ts'
import { instructionsOf } from './instructionsOf.ts'
import { inputsAt } from './loops/reads.ts'
import { isWritten } from './loops/root.ts'
import { canBeWrittenOut } from './writtenOut.ts'

/**
 * How a node is computed: `given`, lying in memory before the program runs; `small`, written out element by element;
 * `looped`, element by element in the loops of what takes it, or in its own if it has to lie in memory; `written`, by loops
 * of its own; `whole`, by a routine or in JavaScript.
 */
export type Kind = 'given' | 'small' | 'looped' | 'written' | 'whole'

/** Programs of so few instructions are written out altogether: loops would cost more than they save. */
const SHORT = 6000
/** The most elements, of a node and of what it takes, and the most instructions of one, that are written out otherwise. */
const [FEW, FEW_TAKEN, FEW_INSTRUCTIONS] = [32, 256, 512]

/** The kinds of the nodes of a program: with `unrolling` some are written out. */
export function kindsOf(
  nodes: readonly Node[],
  precision: Precision,
  unrolling: boolean,
): ReadonlyMap<Node, Kind> {
  const isShort = instructionsOf(nodes, precision) <= SHORT
  const isSmall = (node: Node): boolean =>
    unrolling && (isShort || isFew(node, precision)) && canBeWrittenOut(node)
  return new Map(nodes.map((node) => [node, kindOf(node, isSmall)]))
}

function kindOf(node: Node, isSmall: (node: Node) => boolean): Kind {
  if (node.op === 'input') return 'given'
  if (isSmall(node)) return 'small'
  if (node.op === 'constant') return uniformOf(node) === undefined ? 'given' : 'looped'
  if (isWritten(node)) return 'written'
  const place = node.shape.map(() => ({ coefficients: [], offset: 0 }))
  return node.op === 'reshape' || inputsAt(node, place) ? 'looped' : 'whole'
}

function isFew(node: Node, precision: Precision): boolean {
  const sizes = node.inputs.map(({ shape }: { shape: Shape }) => sizeOf(shape))
  if (sizeOf(node.shape) > FEW || sizes.some((size) => size > FEW_TAKEN)) return false
  return instructionsOf([node], precision) <= FEW_INSTRUCTIONS
}
