import { indicesOf } from '@variate/core/internal'
import type { InputSpec } from '../trace/trace.ts'
import type { Data } from './loopProgram.ts'

/** A number of a state that is not finite: in which part, and where in it. */
export interface NonFinite {
  readonly leaf: number
  readonly value: number
  readonly at: readonly number[]
}

/** The first number that is not finite, if there is one. */
export function firstNonFinite(state: readonly Data[], specs: readonly InputSpec[]): NonFinite | undefined {
  for (const [leaf, data] of state.entries()) {
    for (let i = 0; i < data.length; i++) {
      if (!Number.isFinite(data[i]!)) return { leaf, value: data[i]!, at: indicesOf(i, specs[leaf]!.shape) }
    }
  }
  return undefined
}
