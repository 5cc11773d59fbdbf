import { sizeOf, type Node, type Shape } from '../../graph/node.ts'
import { variable, repeat, whole, type Statement } from '../../wasm/statement.ts'
import { I32, type Value } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { plus, times } from './integers.ts'

/** A tensor whose first axes are a batch that broadcasts, or one of which each axis of the batch has its step. */
export type Batched = Elements | Stepped

interface Elements {
  readonly address: number
  /** The axes before those of an element. */
  readonly batch: Shape
  /** The bytes of an element. */
  readonly bytes: number
}

interface Stepped {
  readonly address: number
  /** The bytes from one element to the next along each axis of the batch. */
  readonly steps: readonly number[]
}

/** Tensors whose elements of a batch are their last `rank` axes, the same for all or told for each. */
export function batched(
  target: Target,
  nodes: readonly Node[],
  rank: number | readonly number[],
): readonly Elements[] {
  return nodes.map((node, i) => {
    const axes = node.shape.length - (typeof rank === 'number' ? rank : rank[i]!)
    const bytes = sizeOf(node.shape.slice(axes)) * (node.dtype === 'int32' ? 4 : target.lanes.bytes)
    return { address: target.address(node), batch: node.shape.slice(0, axes), bytes }
  })
}

/** An axis of the batch: its length, and the bytes from one element to the next in each tensor. */
interface Axis {
  readonly length: number
  readonly steps: readonly number[]
}

/** The part of the outermost loop over a batch that is gone through. */
export interface Range {
  readonly from: Value
  readonly until: Value
}

/** The turns of the outermost loop over a batch, 1 where there is none. */
export function outermost(batch: Shape, tensors: readonly Batched[]): number {
  return axesOf(batch, tensors)[0]?.length ?? 1
}

/** Statements for each element of a batch, or of a part of it, row-major, given where it begins in each tensor. */
export function overBatch(
  batch: Shape,
  tensors: readonly Batched[],
  body: (addresses: readonly Value[]) => readonly Statement[],
  range?: Range,
): readonly Statement[] {
  const axes = axesOf(batch, tensors)
  const indices = axes.map(() => variable(I32))
  const addresses = tensors.map(({ address }, k) =>
    axes.reduce<Value>(
      (sum, { steps }, i) => (steps[k] === 0 ? sum : plus(times(indices[i]!.get, steps[k]!), sum)),
      whole(address),
    ),
  )
  return axes.reduceRight<readonly Statement[]>((inner, { length }, i) => {
    const index = indices[i]!
    if (!range || i > 0) return [repeat(index, 0, length, 1, inner)]
    return [{ index, from: range.from, to: range.until, step: 1, mayBeEmpty: false, body: inner }]
  }, body(addresses))
}

/** The axes to go through: those longer than 1, neighbours that go on like one made one. */
function axesOf(batch: Shape, tensors: readonly Batched[]): readonly Axis[] {
  const strides = tensors.map((tensor) => {
    if ('steps' in tensor) return tensor.steps
    const { batch: own, bytes } = tensor
    let stride = bytes
    return batch
      .map((_, axis) => own[axis - batch.length + own.length] ?? 1)
      .reduceRight<number[]>((steps, length) => {
        steps.unshift(length === 1 ? 0 : stride)
        stride *= length
        return steps
      }, [])
  })
  const axes: Axis[] = []
  for (const [i, length] of batch.entries()) {
    if (length === 1) continue
    const steps = strides.map((own) => own[i]!)
    const last = axes.at(-1)
    if (last?.steps.every((step, k) => step === steps[k]! * length)) {
      axes[axes.length - 1] = { length: last.length * length, steps }
    } else axes.push({ length, steps })
  }
  return axes
}
