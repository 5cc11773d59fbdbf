import type { Tensor } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import {
  newValues,
  runKernel,
  type Attributes,
  type Kernel,
  type TensorValues,
  type Values,
} from '@variate/core/internal'
import { sum, type TensorType } from '@variate/core/ops'
import { sizeOf, type Shape } from '../graph/node.ts'
import type { Apply, Rule, Step } from './rule.ts'

/** What a kernel is told that computes another for each element. */
interface EachAttributes {
  /** What that kernel is told. */
  readonly of: Attributes
  /** Which inputs have the batch axis. */
  readonly isBatched: readonly boolean[]
  /** What it gives for one element. */
  readonly element: Shape
  readonly shape: Shape
  readonly dtype: TensorType
}

/** Kernels by those that they compute, so that there is one of each name. */
const KERNELS = /* @__PURE__ */ new WeakMap<Kernel, Kernel>()
const COMPUTED = /* @__PURE__ */ new WeakMap<Kernel, Kernel>()

/**
 * The rule of kernels that have no other: they compute one element after the other, in one node, which is called
 * `each` and their name.
 *
 * @throws UnsupportedError for kernels that only TensorFlow.js can compute.
 */
export const each: Rule = ({ op, kernel, attributes: of, shape, dtype }, inputs, size, apply) => {
  if (!kernel?.compute) throw new UnsupportedError(`batch: '${op}' has no rule for batches`)
  const attributes: EachAttributes = {
    of,
    isBatched: inputs.map((x) => x.isBatched),
    element: shape,
    shape: [size, ...shape],
    dtype,
  }
  return runKernel(
    `variate.each ${op}`,
    eachOf(kernel, apply),
    inputs.map((x) => x.tensor),
    { ...attributes },
  )
}

/** What a node computes for each element; undefined if it is none of those. */
export function ofEach({
  op,
  kernel,
  attributes,
  dtype,
}: Step): { readonly step: Step; readonly isBatched: readonly boolean[]; readonly size: number } | undefined {
  const computed = kernel && COMPUTED.get(kernel)
  if (!computed) return undefined
  const { of, isBatched, element, shape } = attributes as unknown as EachAttributes
  const step = { op: op.slice('each '.length), kernel: computed, attributes: of, shape: element, dtype }
  return { step, isBatched, size: shape[0]! }
}

function eachOf(kernel: Kernel, apply: Apply): Kernel {
  const known = KERNELS.get(kernel)
  if (known) return known
  const own: Kernel = {
    compute: (inputs, attributes) => {
      const { of, isBatched, element, shape, dtype } = attributes as unknown as EachAttributes
      const out = newValues(shape, dtype)
      const length = sizeOf(element)
      for (let i = 0; i < shape[0]!; i++) {
        const given = inputs.map((x, at) => (isBatched[at] ? elementOf(x, i) : x))
        out.data.set(kernel.compute!(given, of)!.data, i * length)
      }
      return out
    },
    gradient: (index, dy, inputs, attributes) => {
      const { of, isBatched, shape } = attributes as unknown as EachAttributes
      const given = [dy, ...inputs].map((tensor, at) => ({
        tensor,
        isBatched: at === 0 || isBatched[at - 1]!,
      }))
      const slope = (dyElement: Tensor, ...xs: Tensor[]) => [kernel.gradient(index, dyElement, xs, of)]
      const [dx] = apply(slope as (...xs: Tensor[]) => readonly Tensor[], given, shape[0]!)
      return isBatched[index] ? dx! : sum(dx!, 0)
    },
  }
  KERNELS.set(kernel, own)
  COMPUTED.set(own, kernel)
  return own
}

/** Element i of an array that has the batch axis. */
function elementOf({ data, shape, dtype }: Values, i: number): Values {
  const element = shape.slice(1)
  const length = sizeOf(element)
  return { data: data.subarray(i * length, (i + 1) * length) as TensorValues, shape: element, dtype }
}
