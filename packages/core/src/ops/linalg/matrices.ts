import type { Tensor } from '@tensorflow/tfjs-core'
import { NumericalError, ShapeError } from '../../errors.ts'
import { choleskyInPlace } from '../../linalg/cholesky.ts'
import { broadcastShapes, offsetsIn } from '../broadcast.ts'
import { checkTensors } from '../real.ts'
import type { Values } from '../kernel.ts'

/** @throws ShapeError for fewer than two axes or, if `isSquare`, for matrices that are not square. */
export function checkMatrix(x: Tensor, who: string, isSquare = true): void {
  checkTensors(who, x)
  const { shape, rank } = x
  if (rank < 2) throw new ShapeError(`${who} must have at least 2 axes, got shape [${shape.join(', ')}]`)
  if (isSquare && shape[rank - 1] !== shape[rank - 2]) {
    throw new ShapeError(`${who} must be square, got shape [${shape.join(', ')}]`)
  }
}

/** The axes before the last `rank`, of inputs broadcast against each other, and where each input's events start. */
export interface Batch {
  readonly shape: readonly number[]
  readonly count: number
  /** For each input the offset of its event in each element of the batch. */
  readonly starts: readonly Int32Array[]
}

/** The batch of inputs whose last two axes are matrices. */
export function batchOf(inputs: readonly Values[], who: string): Batch {
  const own = inputs.map(({ shape }) => shape.slice(0, -2))
  const shape = broadcastShapes(own, who)
  const count = shape.reduce((product, length) => product * length, 1)
  const starts = inputs.map((input, i) => {
    const size = input.shape.at(-1)! * input.shape.at(-2)!
    return offsetsIn(own[i]!, shape, count).map((offset) => offset * size)
  })
  return { shape, count, starts }
}

/** Element `at` of a batch as an error names it: ` at [1, 0]`, or nothing where there is no batch. */
export function placeOf(at: number, shape: readonly number[]): string {
  const indices: number[] = []
  for (const length of shape.toReversed()) {
    indices.unshift(at % length)
    at = Math.floor(at / length)
  }
  return shape.length === 0 ? '' : ` at [${indices.join(', ')}]`
}

/** Reads the matrix at `start` in float64. */
export function readMatrix({ data }: Values, start: number, out: Float64Array): void {
  for (let i = 0; i < out.length; i++) out[i] = data[start + i]!
}

/**
 * Replaces A by its Cholesky factor; by NaN if its lower triangle holds NaN.
 *
 * @throws NumericalError naming the element of the batch and the row whose pivot is not positive.
 */
export function factorize(a: Float64Array, n: number, who: string, at: number, batch: Batch): void {
  const hasNaN = lowerHasNaN(a, n)
  const row = hasNaN ? -1 : choleskyInPlace(a, n)
  if (hasNaN) a.fill(NaN)
  if (row < 0) return
  throw new NumericalError(
    `${who}: the matrix${placeOf(at, batch.shape)} is not positive definite: the pivot of row ${row} is not > 0`,
  )
}

/** Whether the lower triangle of A holds NaN. */
export function lowerHasNaN(a: Float64Array, n: number): boolean {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) if (Number.isNaN(a[i * n + j]!)) return true
  }
  return false
}
