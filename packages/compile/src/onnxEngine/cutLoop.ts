import { UnsupportedError } from '@variate/core'
import type { Loop } from '../loop/loopNode.ts'
import { unsupported } from '../onnx/unsupported.ts'
import type { Precision } from '../wasm/lanes.ts'
import { cutOf, type Cut } from './cutOf.ts'
import { isDrawn } from './early.ts'

/**
 * The steps of a loop: what WebAssembly computes of them, and what is left for ONNX Runtime.
 *
 * @throws UnsupportedError for operations on what is carried that ONNX lacks.
 */
export function cutLoop(loop: Loop, precision: Precision): Cut {
  const reasons = new Map(unsupported(loop.nodes, precision).map(({ node, reason }) => [node, reason]))
  const carried = loop.carried.map(({ input }) => input)
  const cut = cutOf({
    nodes: loop.nodes,
    results: loop.made,
    given: new Set([...loop.inputs, ...loop.captures]),
    late: new Set(carried),
    isEarly: (node) => isDrawn(node) || reasons.has(node),
    isAble: (node) => !reasons.has(node) && node.op !== 'loopResult',
    precision,
  })
  const left = cut.rest.filter((node) => reasons.has(node))
  if (left.length === 0) return cut
  const told = [...new Set(left.map((node) => `${node.op} (${reasons.get(node)!})`))]
  throw new UnsupportedError(
    `runLoop: with engine 'onnx', steps compute of the state what ONNX lacks: ${told.join(', ')}: use engine 'wasm', or 'auto'`,
  )
}
