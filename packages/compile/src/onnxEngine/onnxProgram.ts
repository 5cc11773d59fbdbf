import { UnsupportedError } from '@variate/core'
import type { Explanation } from '../compiled/explain.ts'
import type { AsyncProgram } from '../engine/asyncProgramFor.ts'
import { passCounts } from '../engine/passCounts.ts'
import type { Node } from '../graph/node.ts'
import { withSteps } from '../loop/results.ts'
import type { Settled } from '../loop/settled.ts'
import { modelOf } from '../onnx/modelOf.ts'
import { unsupported } from '../onnx/unsupported.ts'
import { cutOf } from './cutOf.ts'
import { given, roomOf, taken, typeIn } from './dataOf.ts'
import { isDrawn } from './early.ts'
import { feedOf } from './feedOf.ts'
import type { OnnxData, OnnxRuntimeOptions } from './runtime.ts'
import { sessionOf } from './sessionOf.ts'
import { sizeOf } from '../graph/node.ts'

/**
 * A program as a model that ONNX Runtime runs, of what it is given and what WebAssembly makes before: draws, and operations that
 * ONNX lacks.
 *
 * @throws UnsupportedError where nothing is left for ONNX Runtime, and where it cannot be used.
 */
export async function onnxProgram(
  program: Settled,
  reason: string,
  options?: OnnxRuntimeOptions,
): Promise<AsyncProgram> {
  const { graph, inputs, outputs, nodes } = program
  const { precision } = graph
  const reasons = new Map(unsupported(nodes, precision).map((x) => [x.node, x.reason]))
  const { before, handed, rest } = cutOf({
    nodes,
    results: outputs,
    given: new Set(inputs),
    isEarly: (node) => isDrawn(node) || reasons.has(node),
    isAble: () => true,
    precision,
  })
  const own = new Set(rest.filter(({ op }) => op !== 'constant'))
  const results = [...new Set(outputs.filter((node) => own.has(node)))]
  if (results.length === 0 && reasons.size > 0) throw nothingLeft(reasons)
  const read = new Set([...rest.flatMap((node) => node.inputs), ...results])
  const fed = [...inputs, ...handed].filter((node) => read.has(node))
  const feed = feedOf(
    graph,
    before,
    [...handed, ...outputs.filter((x) => !own.has(x) && !handed.includes(x))],
    inputs,
  )
  const model = modelOf({ graph, inputs: fed, outputs: results })
  const session = await sessionOf(model.bytes, options)
  const explanation: Explanation = {
    engine: 'onnx',
    reason,
    recorded: graph.nodes.length,
    needed: withSteps(nodes).length,
    passes: passCounts(graph, nodes),
    pieces: [...feed.explanation.pieces, { kind: 'onnx', operations: own.size }],
    called: feed.explanation.called,
    codeBytes: feed.explanation.codeBytes + model.bytes.length,
    memoryBytes: feed.explanation.memoryBytes,
  }
  return {
    explanation,
    run: async (data) => {
      for (const [i, node] of inputs.entries()) if (feed.reads(node)) feed.set(node, data[i]!)
      feed.run()
      const dataOf = (node: Node): OnnxData => {
        const type = typeIn(node.dtype, precision)
        const place = inputs.indexOf(node)
        if (place >= 0) return given(type, data[place]!)
        const room = roomOf(type, sizeOf(node.shape))
        feed.take(node, room, 0)
        return room
      }
      const early = new Map(outputs.filter((node) => !own.has(node)).map((node) => [node, dataOf(node)]))
      const tensors = fed.map((node) =>
        session.tensor(typeIn(node.dtype, precision), dataOf(node), node.shape),
      )
      const feeds = Object.fromEntries(tensors.map((x, i) => [model.inputs[i]!, x]))
      const made = results.length > 0 ? await session.run(feeds) : {}
      return outputs.map((node) =>
        taken(early.get(node) ?? made[model.outputs[results.indexOf(node)]!]!.data, precision),
      )
    },
    dispose: () => session.release(),
  }
}

function nothingLeft(reasons: ReadonlyMap<Node, string>): UnsupportedError {
  const told = [...new Set([...reasons].map(([{ op }, reason]) => `${op} (${reason})`))]
  return new UnsupportedError(
    `compile: with engine 'onnx', all results are made of what ONNX lacks: ${told.join(', ')}: use engine 'wasm', or 'auto'`,
  )
}
