import type { NamedAttrMap, NamedTensorMap, Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '../errors.ts'
import { sizeOf } from '../ndarray.ts'
import * as tf from '@tensorflow/tfjs-core'
import { registerAccumulation } from './accumulation.ts'

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

/** How a backend's own kernel does the same. */
export type Delegate = (
  run: RunOnBackend,
  inputs: readonly TensorInfo[],
  attributes: Attributes,
) => TensorInfo

/** The kernel of TensorFlow.js that does the same: it takes the same attributes, unless `run` calls it. */
export interface TfjsKernel {
  readonly kernel: string
  /** What it calls its inputs; x if not given. */
  readonly inputs?: readonly string[]
  readonly run?: Delegate
}

/** Runs a kernel of TensorFlow.js on the backend in use, or creates a tensor there. */
export interface RunOnBackend {
  (
    kernel: string,
    inputs: Readonly<Record<string, TensorInfo>> | readonly TensorInfo[],
    attributes?: Attributes,
  ): TensorInfo
  readonly constant: (values: Values) => TensorInfo
  readonly dispose: (intermediate: TensorInfo) => void
}

export interface Kernel {
  /** The kernel of TensorFlow.js that does the same, where a backend has it. */
  readonly tfjs?: TfjsKernel | undefined
  /** On the cpu backend, and where a backend has no such kernel; undefined leaves it to the backend even so. */
  readonly compute?: (inputs: readonly Values[], attributes: Attributes) => Values | undefined
  /**
   * The derivative with respect to one input, times `dy`; of the input's shape. Built of ops, so that it can be
   * differentiated again; from inputs only, for tfjs takes outputs that it saved for constants.
   */
  readonly gradient: (index: number, dy: Tensor, inputs: readonly Tensor[], attributes: Attributes) => Tensor
}

/** Backends and the kernels registered there, so that a call costs one look-up. */
const registered: Set<string> = /* @__PURE__ */ new Set()

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
  const backend = tf.getBackend() || initialize()
  const entry = `${backend} ${name}`
  if (!registered.has(entry)) {
    register(name, kernel, backend)
    registered.add(entry)
  }
  return tf.engine().runKernel(name, inputs as unknown as NamedTensorMap, attributes as NamedAttrMap)
}

function initialize(): string {
  try {
    void tf.backend()
  } catch (cause) {
    throw new UnsupportedError(
      "ops: no backend of TensorFlow.js is loaded: import '@tensorflow/tfjs-backend-cpu', or another, first",
      { cause },
    )
  }
  return tf.getBackend()
}

function register(name: string, kernel: Kernel, backendName: string): void {
  if (!tf.getGradient(name)) {
    registerAccumulation(tf)
    tf.registerGradient({ kernelName: name, saveAllInputs: true, gradFunc: gradFuncOf(kernel) as never })
  }
  if (tf.getKernel(name, backendName)) return
  const { tfjs, compute } = kernel
  const isThere = tfjs && tf.getKernel(tfjs.kernel, backendName)
  if (!isThere && !compute) {
    throw new UnsupportedError(`ops: the backend '${backendName}' has no kernel '${tfjs?.kernel ?? name}'`)
  }
  const kernelFunc = ({ inputs, attrs, backend }: Call): TensorInfo => {
    const values = isThere && backendName !== 'cpu' ? undefined : compute?.(inputs.map(read), attrs)
    if (values) return write(backend, values)
    const run = (other: string, theirs: object, attributes?: Attributes): TensorInfo =>
      tf
        .getKernel(other, backendName)
        .kernelFunc({ inputs: theirs, backend, attrs: attributes } as never) as TensorInfo
    return (tfjs!.run ?? passOn(tfjs!))(
      Object.assign(run, {
        constant: (filled: Values) => write(backend, filled),
        dispose: ({ dataId }: TensorInfo) => void backend.disposeData(dataId),
      }),
      inputs,
      attrs,
    )
  }
  tf.registerKernel({ kernelName: name, backendName, kernelFunc: kernelFunc as never })
}

/** Calls the kernel with the same inputs, by its names for them. */
function passOn({ kernel, inputs: names = ['x'] }: TfjsKernel): Delegate {
  return (run, inputs, attributes) =>
    run(kernel, Object.fromEntries(names.map((name, i) => [name, inputs[i]!])), attributes)
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
  readonly inputs: readonly TensorInfo[]
  readonly attrs: Attributes
  readonly backend: Writer
}

interface Writer {
  write(values: TensorValues, shape: readonly number[], dtype: TensorType): TensorInfo['dataId']
  disposeData(dataId: TensorInfo['dataId']): unknown
}

function read({ dataId, shape, dtype }: TensorInfo): Values {
  return { data: tf.engine().readSync(dataId) as TensorValues, shape, dtype: dtype as TensorType }
}

function write(backend: Writer, { data, shape, dtype }: Values): TensorInfo {
  return { dataId: backend.write(data, [...shape], dtype), shape: [...shape], dtype }
}

/** Room for the elements of a tensor. */
export function newValues(shape: readonly number[], dtype: TensorType): Values {
  const size = sizeOf(shape)
  const data =
    dtype === 'float32'
      ? new Float32Array(size)
      : dtype === 'int32'
        ? new Int32Array(size)
        : new Uint8Array(size)
  return { data, shape, dtype }
}
