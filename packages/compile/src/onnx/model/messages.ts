import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'

// The messages of ONNX that models are made of, by the field numbers of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.

/** Types of elements, by the numbers of `TensorProto.DataType`. */
export const ELEMENT_TYPES = {
  float32: 1,
  int32: 6,
  int64: 7,
  bool: 9,
  float64: 11,
  uint32: 12,
  uint64: 13,
} as const

export type ElementType = keyof typeof ELEMENT_TYPES

/** An axis is so long, or as long as others of its name are. */
export type Dimension = number | string

/** What goes into a graph, or comes out of it. */
export interface ValueInfo {
  readonly name: string
  readonly type: ElementType
  readonly shape: readonly Dimension[]
}

export interface TensorMessage {
  readonly name?: string
  readonly type: ElementType
  readonly shape: readonly number[]
  /** Little-endian, one element after the other. */
  readonly bytes: Uint8Array
}

/** A whole number, several, a real one as an array of its own, a text, or a graph. */
export type Attribute = number | readonly number[] | Float32Array | string | GraphMessage

export interface NodeMessage {
  readonly type: string
  readonly inputs: readonly string[]
  readonly outputs: readonly string[]
  readonly attributes: Readonly<Record<string, Attribute>>
}

export interface GraphMessage {
  readonly name: string
  readonly nodes: readonly NodeMessage[]
  readonly initializers: readonly TensorMessage[]
  readonly inputs: readonly ValueInfo[]
  readonly outputs: readonly ValueInfo[]
}

export interface ModelMessage {
  readonly irVersion: number
  readonly opset: number
  readonly producer: string
  readonly producerVersion: string
  readonly doc: string
  readonly graph: GraphMessage
  readonly metadata: Readonly<Record<string, string>>
}

type Write<Message> = (writer: BinaryWriter, message: Message) => void

/** A message as bytes. */
export function modelBytes(model: ModelMessage): Uint8Array<ArrayBuffer> {
  const writer = new BinaryWriter()
  writeModel(writer, model)
  return writer.finish()
}

const writeModel: Write<ModelMessage> = (writer, model) => {
  number(writer, 1, model.irVersion)
  text(writer, 2, model.producer)
  text(writer, 3, model.producerVersion)
  text(writer, 6, model.doc)
  within(writer, 7, writeGraph, model.graph)
  within(writer, 8, (own, opset: number) => number(own, 2, opset), model.opset)
  for (const [key, value] of Object.entries(model.metadata)) {
    within(writer, 14, (own) => void (text(own, 1, key), text(own, 2, value)), undefined)
  }
}

const writeGraph: Write<GraphMessage> = (writer, { name, nodes, initializers, inputs, outputs }) => {
  for (const node of nodes) within(writer, 1, writeNode, node)
  text(writer, 2, name)
  for (const tensor of initializers) within(writer, 5, writeTensor, tensor)
  for (const info of inputs) within(writer, 11, writeValueInfo, info)
  for (const info of outputs) within(writer, 12, writeValueInfo, info)
}

const writeNode: Write<NodeMessage> = (writer, { type, inputs, outputs, attributes }) => {
  for (const name of inputs) text(writer, 1, name)
  for (const name of outputs) text(writer, 2, name)
  text(writer, 4, type)
  for (const entry of Object.entries(attributes)) within(writer, 5, writeAttribute, entry)
}

const writeAttribute: Write<readonly [string, Attribute]> = (writer, [name, value]) => {
  text(writer, 1, name)
  if (typeof value === 'number') {
    number(writer, 3, value)
    number(writer, 20, 2)
  } else if (typeof value === 'string') {
    text(writer, 4, value)
    number(writer, 20, 3)
  } else if (value instanceof Float32Array) {
    writer.tag(2, WireType.Bit32).float(value[0]!)
    number(writer, 20, 1)
  } else if ('nodes' in value) {
    within(writer, 6, writeGraph, value)
    number(writer, 20, 5)
  } else {
    for (const item of value) number(writer, 8, item)
    number(writer, 20, 7)
  }
}

const writeTensor: Write<TensorMessage> = (writer, { name, type, shape, bytes }) => {
  for (const length of shape) number(writer, 1, length)
  number(writer, 2, ELEMENT_TYPES[type])
  if (name !== undefined) text(writer, 8, name)
  writer.tag(9, WireType.LengthDelimited).bytes(bytes)
}

const writeValueInfo: Write<ValueInfo> = (writer, { name, type, shape }) => {
  const writeDimension: Write<Dimension> = (own, length) =>
    typeof length === 'number' ? number(own, 1, length) : text(own, 2, length)
  const writeShape: Write<undefined> = (own) => {
    for (const length of shape) within(own, 1, writeDimension, length)
  }
  const writeTensorType: Write<undefined> = (own) => {
    number(own, 1, ELEMENT_TYPES[type])
    within(own, 2, writeShape, undefined)
  }
  text(writer, 1, name)
  within(writer, 2, (own) => within(own, 1, writeTensorType, undefined), undefined)
}

function number(writer: BinaryWriter, field: number, x: number): void {
  writer.tag(field, WireType.Varint).int64(x)
}

function text(writer: BinaryWriter, field: number, x: string): void {
  writer.tag(field, WireType.LengthDelimited).string(x)
}

/** A message that is a field of another. */
function within<Message>(writer: BinaryWriter, field: number, write: Write<Message>, message: Message): void {
  writer.tag(field, WireType.LengthDelimited).fork()
  write(writer, message)
  writer.join()
}
