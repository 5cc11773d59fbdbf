import { tensor, tidy, type DataType } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { inFloat64, runKernel, type TensorValues, type Values } from '@variate/core/internal'
import type { Node } from '../graph/node.ts'
import type { View } from './instantiate.ts'
import type { Precision } from '../wasm/lanes.ts'
import { F64 } from '../wasm/value.ts'
import type { ImportedFunction } from '../wasm/wasmModule.ts'

/** The elements of a node, where it lies now. */
type Place = (node: Node) => () => View

/** What compiled code calls: functions of numbers for elements that it has no instructions for, and whole kernels. */
export class Calls {
  readonly imported: ImportedFunction[] = []
  readonly functions: Record<string, (...args: number[]) => unknown> = {}
  /** The operations of functions that are called only where code of their own gives up, by the functions' names. */
  readonly rescues: Record<string, string> = {}
  readonly #scalars = new Map<string, number>()
  readonly #ops = new Set<string>()
  readonly #precision: Precision
  readonly #place: Place

  constructor(precision: Precision, place: Place) {
    this.#precision = precision
    this.#place = place
  }

  /** The names of the operations that are called. */
  get ops(): readonly string[] {
    return [...this.#ops]
  }

  /** The place among functions of the one that computes an element of the node, in float64. */
  functionOf(node: Node): number {
    const known = this.#scalars.get(node.op)
    if (known !== undefined) return known
    const arity = (node.attributes['constants'] as readonly unknown[]).length
    const index = this.#add(
      node,
      { parameters: Array(arity).fill(F64), results: [F64] },
      node.kernel!.elementwise!.f,
    )
    this.#scalars.set(node.op, index)
    return index
  }

  /**
   * The place among functions of the one that computes the node in memory, of its inputs there.
   *
   * @param isRare it is called only where compiled code finds that it cannot compute the node, and not told of.
   */
  kernelOf(node: Node, isRare = false): number {
    const [to, ...from] = [node, ...node.inputs].map(this.#place) as [() => View, ...(() => View)[]]
    return this.#add(node, { parameters: [], results: [] }, () => this.#compute(node, to, from), isRare)
  }

  #add(
    node: Node,
    signature: Omit<ImportedFunction, 'name'>,
    f: (...args: number[]) => unknown,
    isRare = false,
  ): number {
    const name = `${node.op}${this.imported.length}`
    if (isRare) this.rescues[name] = node.op
    else this.#ops.add(node.op)
    this.functions[name] = f
    return this.imported.push({ name, ...signature }) - 1
  }

  #compute(node: Node, to: () => View, from: readonly (() => View)[]): void {
    const kernel = node.kernel!
    const inputs = node.inputs.map((x, i): Values => ({
      data: unshared(from[i]!()) as TensorValues,
      shape: x.shape,
      dtype: x.dtype,
    }))
    const compute = () => kernel.compute?.(inputs, node.attributes)
    const values = this.#precision === 'float64' ? inFloat64(compute) : compute()
    if (values) return to().set(values.data)
    if (this.#precision === 'float64') {
      throw new UnsupportedError(`compile: '${node.op}' is computed by TensorFlow.js, which has no float64`)
    }
    tidy(() => {
      const tensors = inputs.map(({ data, shape, dtype }) =>
        tensor(dtype === 'bool' ? Uint8Array.from(data) : data, [...shape], dtype as DataType),
      )
      const result = runKernel(`variate.${node.op}`, kernel, tensors, node.attributes)
      to().set(result.dataSync())
    })
  }
}

/** Not every kernel takes memory that threads share. */
function unshared(data: View): View {
  return data.buffer instanceof ArrayBuffer ? data : data.slice()
}
