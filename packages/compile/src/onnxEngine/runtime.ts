/** What is used of ONNX Runtime's JavaScript interface, which both of its packages have. */
export interface OnnxRuntime {
  readonly Tensor: new (type: OnnxType, data: OnnxData, shape: readonly number[]) => OnnxTensor
  readonly InferenceSession: {
    create(model: Uint8Array, options: Readonly<Record<string, unknown>>): Promise<OnnxSession>
  }
  readonly env: { readonly versions?: { readonly common: string }; readonly wasm: { numThreads?: number } }
}

export type OnnxType = 'float32' | 'float64' | 'int32' | 'bool'

export type OnnxData = Float32Array | Float64Array | Int32Array | Uint8Array

export interface OnnxTensor {
  readonly data: OnnxData
  dispose?(): void
}

export type OnnxValues = Readonly<Record<string, OnnxTensor>>

export interface OnnxSession {
  run(feeds: OnnxValues, options: Readonly<Record<string, unknown>>): Promise<OnnxValues>
  release(): Promise<void>
}

/** What of ONNX Runtime is used, and how. */
export interface OnnxRuntimeOptions {
  /**
   * What computes, in the order in which it is tried: as ONNX Runtime names it, such as 'cpu' in Node, and 'webgpu' and 'wasm'
   * in browsers; what the runtime has for the processor if not given.
   */
  readonly executionProviders?: readonly string[]
  /**
   * How many threads an operation may have, at most 64. If not given, in Node as many as there are cores, but at most 8; in browsers,
   * where only pages that are cross-origin isolated have several, what `onnxruntime-web` takes. There it is that of the first
   * program for all.
   */
  readonly threads?: number
}
