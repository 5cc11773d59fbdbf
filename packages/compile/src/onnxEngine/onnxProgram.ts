import { UnsupportedError } from '@variate/core'
import type { Explanation } from '../compiled/explain.ts'
import type { AsyncProgram } from '../engine/asyncProgramFor.ts'
import { passCounts } from '../engine/passCounts.ts'
import { sizeOf, type Node } from '../graph/node.ts'
import { withSteps } from '../loop/results.ts'
import type { Settled } from '../loop/settled.ts'
import { modelOf } from '../onnx/modelOf.ts'
import { toldOf } from '../onnx/unsupported.ts'
import { cutOf } from './cutOf.ts'
import { cuttingOf } from './cutting.ts'
import { given, roomOf, taken, typeIn } from './dataOf.ts'
import { feedOf } from './feedOf.ts'
import { lacking } from './lacking.ts'
import type { OnnxData, OnnxRuntimeOptions } from './runtime.ts'
import { sessionOf } from './sessionOf.ts'

/**
 * A program as a model that ONNX Runtime runs, of what it is given and what WebAssembly makes before: draws, and operations that
 * ONNX lacks, or that throw for some numbers.
 *
 * @throws UnsupportedError where ONNX lacks what all results are made of, and where ONNX Runtime cannot be used.
 */
export async function onnxProgram(
  program: Settled,
  reason: string,
  options?: OnnxRuntimeOptions,
): Promise<AsyncProgram> {
  const { graph, inputs, outputs, nodes } = program
  const { precision } = graph
  const reasons = lacking(nodes)
  const { before, handed, rest } = cutOf(cuttingOf(program, (node) => reasons.has(node)))
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
    options,
  )
  const model = modelOf({ graph, inputs: fed, outputs: results })
  // There is no session of a model that gives nothing.
  const session = results.length > 0 ? await sessionOf(model.bytes, options) : undefined
  const explanation: Explanation = {
    engine: session ? 'onnx' : 'wasm',
    reason: session ? reason : `${reason}: nothing is left for ONNX Runtime`,
    recorded: graph.nodes.length,
    needed: withSteps(nodes).length,
    passes: passCounts(graph, nodes),
    pieces: [
      ...feed.explanation.pieces,
      ...(session ? [{ kind: 'onnx', operations: own.size } as const] : []),
    ],
    called: feed.explanation.called,
    codeBytes: feed.explanation.codeBytes + (session ? model.bytes.length : 0),
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
      const made = session
        ? await session.run(
            Object.fromEntries(
              fed.map((node, i) => [
                model.inputs[i]!,
                session.tensor(typeIn(node.dtype, precision), dataOf(node), node.shape),
              ]),
            ),
          )
        : {}
      // What is handed out is nobody else's: neither an argument, nor a result that is another one, too.
      const out = new Set<unknown>(data)
      return outputs.map((node) => {
        const own = taken(early.get(node) ?? made[model.outputs[results.indexOf(node)]!]!.data, precision)
        const result = out.has(own) ? own.slice() : own
        out.add(result)
        return result
      })
    },
    dispose: async () => session?.release(),
  }
}

function nothingLeft(reasons: ReadonlyMap<Node, string>): UnsupportedError {
  const told = toldOf([...reasons].map(([node, reason]) => ({ node, reason })))
  return new UnsupportedError(
    `compile: with engine 'onnx', all results are made of what ONNX lacks: ${told}: use engine 'wasm', or 'auto'`,
  )
}
