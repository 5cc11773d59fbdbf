import { clone, expandDims, reshape, type Tensor } from '@tensorflow/tfjs-core'
import { DomainError, UnsupportedError } from '@variate/core'
import { isTracing, shown } from '@variate/core/internal'
import { tidy } from '@variate/core/ops'
import { toTensor } from '../compiled/arrays.ts'
import { takeApart, type Structure } from '../compiled/structure.ts'
import { apply } from './apply.ts'
import { placesOf, type BatchAxes } from './axes.ts'
import { moveAxis, type Batched } from './batched.ts'
import { axisOf, sizeOfBatch } from './sizeOfBatch.ts'

export interface BatchOptions<Args extends readonly unknown[]> {
  /** Which axis of each argument is mapped, null if none; the first of all if not given. */
  readonly axes?: BatchAxes<Args>
  /** How many elements there are: needed where nothing is mapped. */
  readonly size?: number
}

/**
 * A function of one element as a function of many: of tensors that have one more axis, along which it is applied. It is
 * recorded once, and each operation done for all elements together; what depends on no element is done once. Results have
 * the new axis first.
 *
 * Draws of random numbers differ between elements: with one key for all they are drawn together, of shape
 * [size, ...shape], and where each element has a key, int32 [size, 2], it has the draws of that key. Batches may be nested,
 * compiled, differentiated, and be of functions that are.
 *
 * @param f of tensors, or records and tuples of them, for one element. What it captures all elements share.
 * @throws DomainError for a size that is no whole number ≥ 0; at a call ShapeError for an axis that an argument does not
 *   have, or mapped axes whose lengths differ, DomainError for axes that are not like the arguments, or if none is mapped
 *   and no size given, and UnsupportedError for what cannot be traced, and a function that returns no tensor.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { batch } from '@variate/compile'
 * import { constant, matVec } from '@variate/core/ops'
 *
 * const products = batch(matVec, { axes: [null, 0] })
 * const matrix = constant([[1, 2], [3, 4]])
 * products(matrix, constant([[1, 0], [0, 1], [1, 1]])).arraySync() // => [[1, 3], [2, 4], [3, 7]]
 * ```
 */
export function batch<Args extends readonly unknown[], Result>(
  f: (...args: Args) => Result,
  options: BatchOptions<NoInfer<Args>> = {},
): (...args: Args) => Result {
  const { axes = 0, size } = options
  if (size !== undefined && !(Number.isInteger(size) && size >= 0)) {
    throw new DomainError(`batch: size must be a whole number ≥ 0, got ${String(size)}`)
  }
  return (...args) => {
    const given = takeApart(args, 'argument', 'batch')
    const places = placesOf(given, axes, 'argument')
    let result: Structure | undefined
    const ofElement = (...xs: readonly Tensor[]): readonly Tensor[] => {
      result = resultOf(f(...(given.rebuild(xs) as unknown as Args)))
      return result.leaves.map(toTensor)
    }
    const tensors = tidy(() => {
      const all = given.leaves.map(toTensor)
      const shapes = all.map(({ shape }) => shape)
      const count = sizeOfBatch(places, shapes, size)
      const inputs = all.map((x, at): Batched => {
        const { path, axis } = places[at]!
        if (axis === null) return { tensor: x, isBatched: false }
        return { tensor: moveAxis(x, axisOf(axis, path, x.shape), 0), isBatched: true }
      })
      if (count === 1 && isTracing()) return ofElement(...inputs.map(only)).map((x) => expandDims(x, 0))
      // Tensors of their own, for results may be arguments, or one result two.
      return apply(ofElement, inputs, count).map((x) => clone(x))
    })
    return result!.rebuild(tensors) as Result
  }
}

/** What the only element of a batch is given: as it stands, for an axis of length 1 would keep loops from being fused. */
function only({ tensor, isBatched }: Batched): Tensor {
  return isBatched ? reshape(tensor, tensor.shape.slice(1)) : tensor
}

function resultOf(value: unknown): Structure {
  const result = takeApart(value, 'the result', 'batch')
  if (result.leaves.length > 0) return result
  throw new UnsupportedError(
    `batch: the function returned ${shown(value)}, which holds no tensor: return a tensor, or a record or tuple of tensors`,
  )
}
