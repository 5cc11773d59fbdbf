import type { Tensor } from '@tensorflow/tfjs-core'
import type { Engine } from '@variate/compile'
import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Estimator } from '@variate/estimators'
import type { ClimbOptions } from '../bbvi/climbState.ts'
import { adam } from '../optimizers/adam.ts'
import { fewTogether } from '../optimizers/fewTogether.ts'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { epochEnds, epochRows } from './epochRows.ts'
import { estimatorFor } from './estimatorFor.ts'
import { measured, type MeasuredState } from './measured.ts'

/** How the steps of a fit are, and after how many each epoch ends. */
export type Steps = ClimbOptions & { readonly ends: readonly number[] }

interface Choice {
  readonly estimator?: Estimator | undefined
  readonly optimizer?: Optimizer | undefined
  readonly batch?: object | undefined
  readonly engine?: Engine | undefined
  readonly reproducible?: boolean | undefined
}

interface Known {
  readonly plate: string
  /** How many examples there are. */
  readonly count: number
  readonly epochs: number
  readonly precision: 'float32' | 'float64'
  readonly who: string
}

/**
 * What the steps of so many examples are.
 *
 * @throws DomainError for a batch of another plate, and what is no number of examples that there are.
 */
export function stepsFor(options: Choice, { plate, count, epochs, precision, who }: Known): Steps {
  const { optimizer = adam({ rate: 0.001 }), batch = {}, engine, reproducible = false } = options
  const size = batchOf(batch, plate, count, who)
  const ends = epochEnds(count, size, epochs)
  return {
    ends,
    estimator: measured(estimatorFor(options, count / size, who), plate, count),
    optimizer: fewTogether(optimizer),
    steps: ends.at(-1)!,
    taken: new Map(size === count ? [] : [[plate, size]]),
    localSteps: 0,
    convergence: undefined,
    precision,
    engine,
    reproducible,
    rowsBetween: epochRows,
    measure: (kept) =>
      (kept as unknown as { readonly measured: Record<keyof MeasuredState, Tensor> }).measured,
  }
}

/** How many examples a step takes. */
function batchOf(batch: object, plate: string, count: number, who: string): number {
  for (const [name, size] of Object.entries(batch) as [string, unknown][]) {
    if (size === undefined) continue
    if (name !== plate)
      throw new DomainError(`${who}: batch: "${name}" is not the plate of the examples, which is "${plate}"`)
    if (Number.isInteger(size) && (size as number) >= 1 && (size as number) <= count) return size as number
    throw new DomainError(
      `${who}: batch: plate "${plate}" has ${count} elements: expected a whole number 1 … ${count}, got ${shown(size)}`,
    )
  }
  return count
}
