import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, ShapeError } from '@variate/core'
import { foldInKey, type AnyKey } from '@variate/core/ops'
import type { StepContext } from './options.ts'

/** What a step sees besides the state. */
export function contextOf(
  index: Tensor,
  random: AnyKey | undefined,
  who: string,
  rest: { readonly inputs: unknown; readonly each: unknown },
): StepContext<unknown, unknown> {
  return {
    index,
    get key() {
      if (random === undefined)
        throw new DomainError(`${who}: the step reads its key, and there is none: set random`)
      return foldInKey(random, index) as Tensor
    },
    ...rest,
  }
}

/** @throws ShapeError unless each step has a row. */
export function checkRows(shape: readonly number[], path: string, count: number, who: string): void {
  const [rows] = shape
  if (rows !== undefined && rows >= count) return
  const got = rows === undefined ? 'a scalar' : `shape [${shape}]`
  throw new ShapeError(`${who}: ${path} must have a row for each of ${count} steps, got ${got}`)
}
