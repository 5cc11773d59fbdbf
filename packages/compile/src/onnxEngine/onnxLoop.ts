import type { Explanation } from '../compiled/explain.ts'
import { needed } from '../engine/needed.ts'
import { passCounts } from '../engine/passCounts.ts'
import type { Node } from '../graph/node.ts'
import { loopOf, type Loop } from '../loop/loopNode.ts'
import type { LoopProgram } from '../loop/loopProgram.ts'
import { withSteps } from '../loop/results.ts'
import type { Settled } from '../loop/settled.ts'
import { loopModelOf } from '../onnx/loopModelOf.ts'
import type { Cut } from './cutOf.ts'
import { feedOf } from './feedOf.ts'
import { onnxLoopRunner } from './onnxLoopRunner.ts'
import { cutLoop } from './cutLoop.ts'
import type { OnnxRuntimeOptions } from './runtime.ts'
import { sessionOf } from './sessionOf.ts'
import { takenBy } from './takenBy.ts'

/**
 * A loop whose steps are a model that ONNX Runtime runs, many at a time, of what WebAssembly makes for each of them.
 *
 * @param isStrict whether nothing is left for it that throws in compiled code for some numbers, for which it gives NaN.
 * @throws UnsupportedError for operations on what is carried that ONNX lacks, and where ONNX Runtime cannot be used.
 */
export async function onnxLoop(
  program: Settled,
  reason: string,
  options?: OnnxRuntimeOptions,
  isStrict = false,
): Promise<LoopProgram> {
  const { graph, outputs } = program
  const { precision } = graph
  const [node] = outputs[0]!.inputs as readonly [Node]
  const loop = loopOf(node)
  const cut = cutLoop(loop, precision, isStrict)
  const scanned = scannedBy(loop, cut)
  const read = readBy(loop, cut)
  const captures = loop.captures.filter((x) => read.has(x))
  const { carried, slices, index, inputs, made } = loop
  const steps = { carried, slices, index, inputs, made, outputs: loop.outputs, captures }
  const model = loopModelOf(steps, scanned, precision)
  const count = carried.length
  const asked = outputs.slice(count).map(({ attributes }) => (attributes['index'] as number) - count)
  const taken = takenBy(node, program)
  const feed = feedOf(graph, cut.before, cut.handed, [...inputs, ...loop.captures], options)
  const session = await sessionOf(model.bytes, options)
  const before = needed(node.inputs)
  const explanation: Explanation = {
    engine: 'onnx',
    reason,
    recorded: graph.nodes.length,
    needed: withSteps([...before, node]).length,
    passes: passCounts(graph, [...before, node]),
    pieces: [...feed.explanation.pieces, { kind: 'onnx', operations: cut.rest.length }],
    called: feed.explanation.called,
    codeBytes: feed.explanation.codeBytes + model.bytes.length,
    memoryBytes: feed.explanation.memoryBytes,
  }
  return {
    explanation,
    runner: () =>
      onnxLoopRunner({ loop, captures, precision, cut, scanned, model, feed, session, asked, taken }),
  }
}

/** What is read of what steps are given, in the model. */
function readBy({ made }: Loop, { rest }: Cut): ReadonlySet<Node> {
  return new Set([...rest.flatMap(({ inputs }) => inputs), ...made])
}

/** What the model is given a row of for each step, one at least: its number, rows of arrays, and what was computed for it. */
function scannedBy(loop: Loop, cut: Cut): readonly Node[] {
  const { index, slices } = loop
  const read = readBy(loop, cut)
  const own = [...slices.map(({ input }) => input).filter((x) => read.has(x)), ...cut.handed]
  return own.length === 0 || read.has(index) ? [index, ...own] : own
}
