import type { KernelBackend, NamedAttrMap, NamedTensorMap, Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '../errors.ts'
import { sizeOf } from '../ndarray.ts'
import * as tf from '@tensorflow/tfjs-core'
import { registerAccumulation } from './accumulation.ts'
import { checkTensors } from './real.ts'

/** The element types of tensors that kernels read and write. */
export type TensorType = 'float32' | 'int32' | 'bool'
export type TensorValues = Float32Array | Int32Array | Uint8Array

/** A tensor's elements, as a kernel reads and writes them. */
export interface Values {
  readonly data: TensorValues
  readonly shape: readonly number[]
  readonly dtype: TensorType
}

/** What a kernel is told besides its inputs: shapes, axes, constants. */
export type Attributes = Readonly<Record<string, unknown>>

/** A backend that records kernels of ours instead of computing them. */
export interface Recorder {
  record(name: string, kernel: Kernel, inputs: readonly Tensor[], attributes: Attributes): TensorInfo
}

/** How elements are computed: `f` of numbers, to a result of a type. */
export interface Elementwise {
  readonly f: (...args: number[]) => number
  readonly typeOf: (
    inputs: readonly { readonly dtype: string }[],
    constants: readonly (number | null)[],
  ) => TensorType
}

export interface Kernel {
  /** What it is for each element, if that is all that it does. */
  readonly elementwise?: Elementwise
  /**
   * The kernel of TensorFlow.js that does the same with the same attributes, where a backend has it, and what it calls
   * its inputs: x if there is one, a and b if there are two, if no names are given; * if it takes a list.
   */
  readonly tfjs?: readonly [kernel: string, ...inputs: string[]] | undefined
  /** Whether that kernel can do what attributes ask for; always, if not given. */
  readonly suits?: (attributes: Attributes) => boolean
  /** What that kernel is given instead of the inputs. */
  readonly prepare?: (inputs: readonly Tensor[], attributes: Attributes) => readonly Tensor[]
  /** On the cpu backend, and where a backend has no such kernel; undefined leaves it to the backend even so. */
  readonly compute?: (inputs: readonly Values[], attributes: Attributes) => Values | undefined
  /**
   * The derivative with respect to one input, times `dy`; of the input's shape. Built of ops, so that it can be
   * differentiated again; from inputs only, for tfjs takes outputs that it saved for constants.
   */
  readonly gradient: (index: number, dy: Tensor, inputs: readonly Tensor[], attributes: Attributes) => Tensor
}

/**
 * Runs a kernel of our own under the backend in use, which it is registered for at its first call. Elements are
 * computed in float64 on the CPU, whichever backend holds them, unless the kernel names a tfjs kernel to leave it to.
 */
export function runKernel(
  name: string,
  kernel: Kernel,
  inputs: readonly Tensor[],
  attributes: Attributes = {},
): Tensor {
  checkTensors(name.slice(8), ...inputs)
  const backend = tf.getBackend() || initialize()
  const engine = tf.engine()
  const recorder = engine.backend as KernelBackend & Partial<Recorder>
  // What only records needs nothing of what runs kernels, which takes longer than it.
  if (recorder.record && !engine.isTapeOn())
    return engine.makeTensorFromTensorInfo(recorder.record(name, kernel, inputs, attributes), recorder)
  if (!tf.getGradient(name)) {
    registerAccumulation()
    tf.registerGradient({ kernelName: name, saveAllInputs: true, gradFunc: gradFuncOf(kernel) as never })
  }
  if (!tf.getKernel(name, backend)) register(name, kernel, backend)
  return engine.runKernel(name, inputs as unknown as NamedTensorMap, attributes as NamedAttrMap)
}

function initialize(): string {
  try {
    void tf.backend()
  } catch (cause) {
    throw new UnsupportedError(
      "ops: no backend is loaded: import '@tensorflow/tfjs-backend-cpu', or another, first",
      { cause },
    )
  }
  return tf.getBackend()
}

function register(kernelName: string, kernel: Kernel, backendName: string): void {
  const { tfjs, suits = () => true, prepare, compute } = kernel
  const [name = kernelName, ...names] = tfjs ?? []
  const theirs = tfjs && tf.getKernel(name, backendName)
  if (!theirs && !compute && !('record' in tf.backend())) {
    throw new UnsupportedError(`ops: the backend '${backendName}' has no kernel '${name}'`)
  }
  const delegate = (inputs: readonly Tensor[], { attrs, backend }: Call): TensorInfo => {
    const called = names[0] ? names : inputs.length > 1 ? ['a', 'b'] : ['x']
    const named =
      called[0] === '*' ? inputs : Object.fromEntries(inputs.map((input, i) => [called[i], input]))
    return theirs!.kernelFunc({ inputs: named, attrs, backend } as never) as TensorInfo
  }
  const kernelFunc = (call: Call): TensorInfo => {
    const { inputs, attrs, backend } = call
    if (backend.record) return backend.record(kernelName, kernel, inputs, attrs)
    const isTheirs = theirs && backendName !== 'cpu' && suits(attrs)
    const values = isTheirs ? undefined : compute?.(inputs.map(read), attrs)
    if (values) {
      const { data, shape, dtype } = values
      return { dataId: backend.write(data, [...shape], dtype), shape: [...shape], dtype }
    }
    return prepare ? tf.tidy(() => delegate(prepare(inputs, attrs), call) as never) : delegate(inputs, call)
  }
  tf.registerKernel({ kernelName, backendName, kernelFunc: kernelFunc as never })
}

function gradFuncOf({ gradient }: Kernel) {
  return (dy: Tensor, inputs: readonly Tensor[], attributes: Attributes): Record<string, () => Tensor> =>
    Object.fromEntries(
      inputs.map((_, index) => [
        index,
        () => {
          const dx = gradient(index, dy, inputs, attributes)
          // The tape adds up gradients and disposes what it has added: dy itself is not ours to give.
          return dx === dy || inputs.includes(dx) ? dx.clone() : dx
        },
      ]),
    )
}

/** What TensorFlow.js calls a kernel with. */
interface Call {
  readonly inputs: readonly Tensor[]
  readonly attrs: Attributes
  readonly backend: Partial<Recorder> & {
    write(values: TensorValues, shape: readonly number[], dtype: TensorType): TensorInfo['dataId']
  }
}

function read({ dataId, shape, dtype }: TensorInfo): Values {
  return { data: tf.engine().readSync(dataId) as TensorValues, shape, dtype: dtype as TensorType }
}

let isWide = false

/** Runs kernels' `compute` with room for real numbers in float64. */
export function inFloat64<Result>(f: () => Result): Result {
  isWide = true
  try {
    return f()
  } finally {
    isWide = false
  }
}

/** Room for the elements of a tensor. */
export function newValues(shape: readonly number[], dtype: TensorType): Values {
  const size = sizeOf(shape)
  const data =
    isWide && dtype === 'float32' ? new Float64Array(size) : tf.util.makeZerosTypedArray(size, dtype)
  return { data: data as TensorValues, shape, dtype }
}
