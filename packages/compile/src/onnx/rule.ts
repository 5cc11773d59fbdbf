import type { Node } from '../graph/node.ts'
import type { Emission } from './emission.ts'

/** Says a node in operators of ONNX: the name of its tensor. */
export type Rule = (node: Node, e: Emission) => string
