import {
  KernelBackend,
  engine,
  Variable,
  type BackendValues,
  type DataId,
  type DataType,
  type Tensor,
  type TensorInfo,
} from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { cast, reshape, type TensorType } from '@variate/core/ops'
import { sameShape, type Attributes, type Kernel, type Recorder } from '@variate/core/internal'
import type { Graph } from '../graph/graph.ts'
import type { Node, Shape } from '../graph/node.ts'
import { outputOf } from './outputOf.ts'
import { simplified } from '../graph/simplified.ts'

/** What names of kernels of core begin with. */
const OURS = 'variate.'

/** A backend that records what is asked of it as nodes of a graph. Its tensors have shapes and types but no values. */
export class TraceBackend extends KernelBackend implements Recorder {
  readonly graph: Graph
  readonly #nodes = new WeakMap<DataId, Node>()

  constructor(graph: Graph) {
    super()
    this.graph = graph
  }

  /** A tensor that stands for a node. */
  tensorOf(node: Node): Tensor {
    return engine().makeTensorFromTensorInfo(this.#infoOf(node), this)
  }

  /** The node of a tensor; one that was computed before the trace becomes a constant. */
  nodeOf(tensor: TensorInfo): Node {
    if (tensor instanceof Variable) {
      throw new UnsupportedError(
        `compile: the variable '${tensor.name}' is read inside the function: pass it as an argument, or its value would be ` +
          'the one it has now for ever',
      )
    }
    const known = this.#nodes.get(tensor.dataId)
    if (known) {
      // Reshaped tensors share their data with what they were made of.
      const isSame = sameShape(known.shape, tensor.shape)
      return isSame ? known : this.nodeOf(reshape(this.tensorOf(known), tensor.shape))
    }
    const values = engine().readSync(tensor.dataId)
    const node = this.constant(
      Float64Array.from(values as Float32Array),
      tensor.shape,
      tensor.dtype as TensorType,
    )
    this.#nodes.set(tensor.dataId, node)
    return node
  }

  /** Whether a tensor stands for a node of this graph. */
  protected isOwn({ dataId }: TensorInfo): boolean {
    return this.#nodes.has(dataId)
  }

  constant(values: number | ArrayLike<number>, shape: Shape, dtype: TensorType): Node {
    const isUniform =
      typeof values !== 'number' &&
      values.length > 0 &&
      Array.prototype.every.call(values, (x) => Object.is(x, values[0]))
    const attributes = { values: isUniform ? values[0]! : values, shape, dtype }
    return this.graph.add({ op: 'constant', inputs: [], attributes, shape, dtype })
  }

  record(name: string, kernel: Kernel, inputs: readonly Tensor[], attributes: Attributes): TensorInfo {
    const op = name.startsWith(OURS) ? name.slice(OURS.length) : name
    const given = inputs.map((input) => this.nodeOf(input))
    const [shape, dtype] = outputOf(op, kernel, given, attributes)
    // Of whole numbers alone real ones are computed in float64, which holds them all.
    const isMixed = dtype === 'float32' && given.some((x) => x.dtype === 'float32')
    const nodes = kernel.elementwise && isMixed ? inputs.map((x) => this.#real(x)) : given
    if (op === 'constant') {
      const { values } = attributes as { values: number | ArrayLike<number> }
      return this.#infoOf(this.constant(values, shape, dtype))
    }
    return this.#infoOf(simplified(this.graph, { op, kernel, inputs: nodes, attributes, shape, dtype }))
  }

  /** Whole numbers as real ones, once for all that take them as such: of what steps of a loop share, before the steps. */
  #real(x: Tensor): Node {
    const node = this.nodeOf(x)
    return node.dtype === 'int32' ? this.nodeOf(cast(x, 'float32')) : node
  }

  #infoOf(node: Node): TensorInfo {
    const dataId: DataId = {}
    this.#nodes.set(dataId, node)
    return { dataId, shape: [...node.shape], dtype: node.dtype }
  }

  override write(values: BackendValues, shape: number[], dtype: DataType): DataId {
    const numbers = Float64Array.from(values as ArrayLike<number>)
    return this.#infoOf(this.constant(numbers, shape, dtype as TensorType)).dataId
  }

  override readSync(): never {
    throw new UnsupportedError(
      'compile: a value is read while the function is traced, when there are no values yet. Use where(condition, a, b) for a ' +
        'choice that depends on data, loop() for iterations, or pass the number as a static argument',
    )
  }

  override read(): never {
    return this.readSync()
  }

  override numDataIds(): number {
    return 0
  }

  override disposeData(): boolean {
    return true
  }

  override incRef(): void {}
  decRef(): void {}
  override refCount(): number {
    return 1
  }

  override floatPrecision(): 32 {
    return 32
  }

  override epsilon(): number {
    return 1e-7
  }

  override dispose(): void {}
}
