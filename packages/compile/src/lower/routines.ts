import { lowerLoop } from '../loop/lowerLoop.ts'
import type { Node } from '../graph/node.ts'
import type { Statement } from '../wasm/statement.ts'
import { matMul } from './routines/matMul.ts'
import { drawNormal, drawUniform, foldInKey, key, splitKey } from './routines/random.ts'
import type { Target } from './target.ts'

/** Computes a node in memory of its inputs there; undefined if it has no code for these shapes or types. */
export type Routine = (node: Node, target: Target) => readonly Statement[] | undefined

/** Operations that have code of their own on tensors in memory, by name. */
export const ROUTINES: Readonly<Record<string, Routine>> = {
  drawNormal,
  drawUniform,
  foldInKey,
  key,
  loop: (node, target) => [lowerLoop(node, target)],
  // It lies in the memory of its loop.
  loopResult: () => [],
  matMul,
  splitKey,
}
