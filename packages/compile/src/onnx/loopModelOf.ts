import { UnsupportedError } from '@variate/core'
import type { Node } from '../graph/node.ts'
import { bodyOf } from '../loop/body.ts'
import type { Loop } from '../loop/loopNode.ts'
import type { Precision } from '../wasm/lanes.ts'
import { emit } from './emit.ts'
import { Emission } from './emission.ts'
import { GraphBuilder } from './model/graphBuilder.ts'
import { asModel, assembled, checkSupported, type OnnxModel } from './modelOf.ts'
import { scan } from './scan.ts'
import type { ValueInfo } from './model/messages.ts'

/** Steps of a loop, and of what it captures what is read. */
export type ModelledSteps = Pick<
  Loop,
  'carried' | 'captures' | 'outputs' | 'made' | 'inputs' | 'index' | 'slices'
>

/**
 * So many steps of a loop as one Scan, in the order of the rows that are given, whose number is a symbolic dimension
 * `steps`.
 *
 * Its inputs are, in this order: what is carried; the captures of the loop; and rows of what is given. Its outputs are what
 * is carried at last, then a row a step for each output of the loop.
 *
 * @param given nodes of the steps that are computed elsewhere, the index or what is sliced; one at least.
 * @throws UnsupportedError naming the operations that ONNX lacks, and for what steps read that is not given.
 */
export function loopModelOf(loop: ModelledSteps, given: readonly Node[], precision: Precision): OnnxModel {
  const { carried, captures, outputs, made } = loop
  const states = carried.map(({ input }) => input)
  const known = new Set([...states, ...captures, ...given])
  const { nodes } = bodyOf([...loop.inputs, ...given], made)
  const missing = [loop.index, ...loop.slices.map(({ input }) => input)].filter(
    (x) => !known.has(x) && (made.includes(x) || nodes.some(({ inputs }) => inputs.includes(x))),
  )
  if (given.length === 0 || missing.length > 0) {
    throw new UnsupportedError(
      'loopModelOf: all that steps read but what is carried must be given, and something',
    )
  }
  const needed = nodes.filter((node) => !known.has(node))
  checkSupported(needed)
  const e = new Emission(new GraphBuilder(), precision, emit)
  const infoOf = (node: Node, kind: string, rows: readonly string[] = []): ValueInfo => {
    const name = e.graph.name(kind)
    return { name, type: e.type(node.dtype), shape: [...rows, ...node.shape] }
  }
  const initial = states.map((node) => infoOf(node, 'state'))
  const captured = captures.map((node) => infoOf(node, 'captured'))
  const rows = given.map((node) => infoOf(node, 'given', ['steps']))
  for (const [i, node] of captures.entries()) e.set(node, captured[i]!.name)
  const results = scan(
    {
      carried,
      initial: initial.map(({ name }) => name),
      given: given.map((node, i) => ({ node, rows: rows[i]!.name })),
      isReverse: false,
      nodes: needed,
      outputs: outputs.map(({ node }) => node),
    },
    e,
  )
  const ends = [
    ...states.map((node) => infoOf(node, 'last')),
    ...outputs.map(({ node }) => infoOf(node, 'collected', ['steps'])),
  ]
  for (const [i, { name }] of ends.entries()) e.graph.rename(results[i]!, name)
  return asModel(assembled(e, [...initial, ...captured, ...rows], ends))
}
