import { UnsupportedError } from '@variate/core'
import { needed } from '../engine/needed.ts'
import type { Node } from '../graph/node.ts'
import type { Settled } from '../loop/settled.ts'
import { emit } from './emit.ts'
import { Emission } from './emission.ts'
import { GraphBuilder } from './model/graphBuilder.ts'
import { modelBytes, type ModelMessage, type TensorMessage, type ValueInfo } from './model/messages.ts'
import { toldOf, unsupported } from './unsupported.ts'

/** A model of ONNX, and what its inputs and outputs are called, in order. */
export interface OnnxModel {
  readonly bytes: Uint8Array<ArrayBuffer>
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
}

/** What a model's parts are called, and what else it tells. */
export interface OnnxNames {
  readonly inputs?: readonly string[]
  readonly outputs?: readonly string[]
  readonly metadata?: Readonly<Record<string, string>>
  readonly doc?: string
}

/** What a model is made of: its inputs may be nodes that are computed elsewhere. */
type Program = Pick<Settled, 'graph' | 'inputs' | 'outputs'>

/** The first opset with bitwise operators, and the version of the format that it came with. */
const [OPSET, IR_VERSION] = [18, 8]

/**
 * The program as an ONNX model, loops within it as Scan.
 *
 * @throws UnsupportedError naming the operations that ONNX lacks.
 */
export function modelOf(program: Program, names: OnnxNames = {}): OnnxModel {
  return asModel(messageOf(program, names))
}

/** What `modelOf` writes as bytes. */
export function messageOf({ graph, inputs, outputs }: Program, names: OnnxNames = {}): ModelMessage {
  const nodes = needed(outputs, new Set(inputs))
  const inputNames = names.inputs ?? inputs.map((_, i) => `input_${i}`)
  const outputNames = names.outputs ?? outputs.map((_, i) => `output_${i}`)
  checkSupported(nodes)
  const e = new Emission(new GraphBuilder([...inputNames, ...outputNames]), graph.precision, emit)
  for (const [i, node] of inputs.entries()) e.set(node, inputNames[i]!)
  e.emit(nodes)
  for (const [i, node] of outputs.entries()) e.graph.rename(e.of(node), outputNames[i]!)
  const infoOf = (node: Node, name: string): ValueInfo => ({
    name,
    type: e.type(node.dtype),
    shape: node.shape,
  })
  return assembled(
    e,
    inputs.map((node, i) => infoOf(node, inputNames[i]!)),
    outputs.map((node, i) => infoOf(node, outputNames[i]!)),
    names,
  )
}

/** The most bytes that a message of Protocol Buffers may have. */
const MOST_BYTES = 2 ** 31 - 1

/** @throws UnsupportedError for constants that a file has no room for. */
export function checkSize(constants: readonly Pick<TensorMessage, 'bytes'>[]): void {
  const total = constants.reduce((sum, { bytes }) => sum + bytes.length, 0)
  if (total <= MOST_BYTES) return
  throw new UnsupportedError(
    `toOnnx: constants of the program have ${total} bytes, and a model may have ${MOST_BYTES}: pass the large ones as arguments`,
  )
}

/** What was said, as a message. */
export function assembled(
  { graph }: Emission,
  inputs: readonly ValueInfo[],
  outputs: readonly ValueInfo[],
  { metadata = {}, doc = '' }: OnnxNames = {},
): ModelMessage {
  return {
    irVersion: IR_VERSION,
    opset: OPSET,
    producer: '@variate/compile',
    producerVersion: '',
    doc,
    graph: graph.graph('program', inputs, outputs),
    metadata,
  }
}

/** @throws UnsupportedError for constants that a file has no room for. */
export function asModel(message: ModelMessage): OnnxModel {
  const { initializers, inputs, outputs } = message.graph
  checkSize(initializers)
  return {
    bytes: modelBytes(message),
    inputs: inputs.map(({ name }) => name),
    outputs: outputs.map(({ name }) => name),
  }
}

/** @throws UnsupportedError naming the operations that ONNX lacks. */
export function checkSupported(nodes: readonly Node[]): void {
  const refused = unsupported(nodes)
  if (refused.length === 0) return
  const isOne = new Set(refused.map(({ node }) => node.op)).size === 1
  throw new UnsupportedError(
    `toOnnx: ONNX cannot say ${toldOf(refused)}: compute what ${isOne ? 'it gives' : 'they give'} outside of the ` +
      'function and pass it as an argument',
  )
}
