import { tidy, Tensor, type TensorInfo } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { Graph } from '../graph/graph.ts'
import type { Node, Shape } from '../graph/node.ts'
import { withBackend } from '../trace/trace.ts'
import { TraceBackend } from '../trace/traceBackend.ts'
import type { TensorType } from '@variate/core/ops'
import { elementShape, type Batched } from './batched.ts'

/**
 * Records a function of one element. What comes from outside, arguments and tensors that the function captures, are nodes
 * without values; a tensor that is computed already is one of them, so that a gradient passes through it.
 */
export class ElementTrace extends TraceBackend {
  /** What nodes from outside are for all elements. */
  readonly given: Map<Node, Batched> = new Map()
  /** Of captured tensors, by their ids: tensors that share their data are not the same to a gradient. */
  readonly #captured = new Map<number, Node>()

  /** @param outer the graph that it becomes part of, if any. */
  constructor(outer?: Graph) {
    super(new Graph(outer))
  }

  /** The nodes of what `f` returns. */
  run(f: () => readonly Tensor[]): readonly Node[] {
    let nodes: readonly Node[] = []
    withBackend(this, () => {
      tidy(() => void (nodes = f().map((x) => this.nodeOf(x))))
    })
    return nodes
  }

  /** A node whose value comes from outside. */
  outside(shape: Shape, dtype: TensorType): Node {
    const attributes = { serial: this.graph.nodes.length }
    return this.graph.add({ op: 'outside', inputs: [], attributes, shape, dtype })
  }

  /** What the function is given for one element. */
  elementOf(x: Batched): Tensor {
    if (!x.isBatched) return x.tensor
    const node = this.outside(elementShape(x), x.tensor.dtype as TensorType)
    this.given.set(node, x)
    return this.tensorOf(node)
  }

  override nodeOf(tensor: TensorInfo): Node {
    if (this.isOwn(tensor) || !(tensor instanceof Tensor)) return super.nodeOf(tensor)
    const known = this.#captured.get(tensor.id)
    if (known) return known
    if (tensor.isDisposed) {
      throw new DomainError(
        `batch: the function captures a tensor of shape [${tensor.shape}] that is disposed: keep it, or, if it stands for one ` +
          'element of another batch, return it from there',
      )
    }
    const node = this.outside(tensor.shape, tensor.dtype as TensorType)
    this.#captured.set(tensor.id, node)
    this.given.set(node, { tensor, isBatched: false })
    return node
  }
}
