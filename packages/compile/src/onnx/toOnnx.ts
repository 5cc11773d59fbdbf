import { DomainError, UnsupportedError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Compiled } from '../compiled/compile.ts'
import { isRecord, type Given } from '../compiled/structure.ts'
import { tracedCall } from '../compiled/tracedCall.ts'
import { settled } from '../loop/settled.ts'
import type { Precision } from '../wasm/lanes.ts'
import { metadataOf } from './metadata.ts'
import type { ModelMessage } from './model/messages.ts'
import { asModel, messageOf } from './modelOf.ts'
import { checkDifferent, namesOf } from './names.ts'
import { everyNode } from './open/everyNode.ts'
import { openLength } from './open/openLength.ts'

type ArgsOf<Args extends readonly unknown[]> = { readonly [Index in keyof Args]: Given<Args[Index]> }

export interface OnnxOptions<Args extends readonly unknown[]> {
  /**
   * Those of the call whose program it is: of arrays and tensors only shapes and types matter, all else is in the model. If a length
   * is to be left open, such as that of a batch, a function of it that gives them.
   */
  readonly args: ArgsOf<Args> | ((length: number) => ArgsOf<Args>)
  /** What the length that is left open is called; `batch`, if not given. */
  readonly axis?: string
  /**
   * What the arguments are called, all of them; `input0` and so on if not given. A tensor within an argument is called by
   * where it stands: `params.w`, `batch.0`.
   */
  readonly inputs?: readonly string[]
  /**
   * What the result is called, or each item of a tuple; if not given, the fields of a record by their own names, and other
   * results `output`, or `output0` and so on.
   */
  readonly outputs?: readonly string[]
  /** Whether inputs that nothing is computed of are left out; false, if not given. */
  readonly prune?: boolean
  /** What the model tells besides, by names that do not begin with `variate.`. */
  readonly metadata?: Readonly<Record<string, string>>
  /** A text for people who read the model. */
  readonly doc?: string
}

/**
 * The program of a compiled function as an ONNX model (opset 18), to be run by ONNX Runtime and its like, in Python or
 * elsewhere: the bytes of a file `.onnx`. All shapes are those of the arguments, but for a length that is left open; real numbers
 * have the precision that the function was compiled in, loops are `Scan`, and random keys are int32 of shape [2] as they are here.
 *
 * Numbers are those of compiled code up to rounding; keys are the same bits.
 *
 * @param compiled what `compile` returned. Where it runs does not matter: it is traced anew.
 * @param options the arguments of the call, and what goes in and comes out is called.
 * @throws UnsupportedError for what `compile` did not return, for operations that ONNX has no way to say, which it names, and
 *   for constants that a file, of 2 GiB at most, has no room for, and for a length that cannot be left open, since what is computed
 *   depends on it otherwise than by the shapes of tensors; DomainError for names that are too many or too few, empty, or
 *   two of one kind; and what a call throws.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import type { Tensor } from '@tensorflow/tfjs-core'
 * import { compile } from '@variate/compile'
 * import { toOnnx } from '@variate/compile/onnx'
 * import { add, matVec, sigmoid } from '@variate/core/ops'
 * import { ndarray } from '@variate/core'
 *
 * const predict = compile((params: { W: Tensor; b: Tensor }, x: Tensor) => ({
 *   probs: sigmoid(add(matVec(params.W, x), params.b)),
 * }))
 * const params = { W: ndarray(new Float32Array(6), [2, 3]), b: new Float32Array(2) }
 * const args = [params, new Float32Array(3)] as const
 * // Inputs params.W, params.b and x, output probs:
 * const model = toOnnx(predict, { args, inputs: ['params', 'x'] })
 * model instanceof Uint8Array // => true
 * toOnnx(predict, { args, inputs: ['x'] }) // => throws 'must name all arguments, 2, got 1 (x)'
 *
 * // Of any number of rows:
 * const rows = compile((x: Tensor) => sigmoid(x))
 * toOnnx(rows, { args: (n) => [ndarray(new Float32Array(3 * n), [n, 3])] }) instanceof Uint8Array // => true
 * ```
 */
export function toOnnx<Args extends readonly unknown[], Result, Of extends Precision>(
  compiled: Compiled<Args, Result, Of>,
  options: OnnxOptions<Args>,
): Uint8Array<ArrayBuffer> {
  const { args, axis = 'batch', prune = false } = options
  const bytesOf = (message: ModelMessage): Uint8Array<ArrayBuffer> =>
    asModel(prune ? pruned(message) : message).bytes
  if (typeof args !== 'function') return bytesOf(messageAt(compiled, args, options))
  if (typeof axis !== 'string' || axis === '')
    throw new DomainError(`toOnnx: axis must be a text that is not empty, got ${shown(axis)}`)
  for (const lengths of LENGTHS) {
    const messages = lengths.map((length) => messageAt(compiled, args(length), options))
    const graph = openLength(
      messages.map((message) => message.graph),
      lengths,
      axis,
    )
    if (graph) return bytesOf({ ...messages[0]!, graph })
  }
  throw new UnsupportedError(
    `toOnnx: the length "${axis}" cannot be left open: no argument has an axis that long, or what is computed depends on it otherwise ` +
      'than by the shapes of tensors: give the arguments for one length as a list',
  )
}

/**
 * Lengths that programs are compared at, far apart, so that what is done otherwise for few or for many shows: others where a number
 * of the program happens to be one of them.
 */
const LENGTHS: readonly (readonly number[])[] = [
  [7, 43, 131],
  [11, 59, 157],
  [13, 61, 173],
]

/** Without inputs that no operator takes: what an output is given as it is, one takes as well. */
function pruned(message: ModelMessage): ModelMessage {
  const { graph } = message
  const read = new Set(everyNode(graph.nodes).flatMap(({ inputs }) => inputs))
  return { ...message, graph: { ...graph, inputs: graph.inputs.filter(({ name }) => read.has(name)) } }
}

/** The model of a call as a message. */
function messageAt(
  compiled: Compiled<never, unknown, Precision>,
  args: readonly unknown[],
  options: OnnxOptions<readonly unknown[]>,
): ModelMessage {
  const call = tracedCall(compiled, checkedArgs(args))
  if (!call) throw new UnsupportedError('toOnnx: expected a function that compile() returned')
  const { given, result } = call
  const program = settled(call.traced)
  const inputs = namesOf(given.tree, options.inputs, 'input')
  const outputs = namesOf(result.tree, options.outputs, 'output')
  checkDifferent([...inputs, ...outputs])
  const { precision } = program.graph
  const metadata = metadataOf(precision, given.tree, inputs, result.tree, outputs, options.metadata)
  const { doc = '' } = options
  return messageOf(program, { inputs, outputs, metadata, doc })
}

/** @throws DomainError for what are no arguments, UnsupportedError for shapes without lengths. */
function checkedArgs(args: readonly unknown[]): readonly unknown[] {
  if (!Array.isArray(args)) {
    throw new DomainError(`toOnnx: args must be the arguments of a call, as a list, got ${shown(args)}`)
  }
  for (const [i, arg] of args.entries()) {
    if (!isRecord(arg) || !('shape' in arg && 'dtype' in arg)) continue
    throw new UnsupportedError(
      `toOnnx: argument[${i}] is the description of a tensor, got ${shown(arg)}: pass an array or a tensor of its shape; all ` +
        'lengths in a model are those of what it is made for',
    )
  }
  return args
}
