import type { Node } from '../graph/node.ts'
import type { Statement } from '../wasm/statement.ts'
import { matMul } from './routines/matMul.ts'
import type { Target } from './target.ts'

/** Computes a node in memory of its inputs there; undefined if it has no code for these shapes or types. */
export type Routine = (node: Node, target: Target) => readonly Statement[] | undefined

/** Operations that have code of their own on tensors in memory, by name. */
export const ROUTINES: Readonly<Record<string, Routine>> = { matMul }
