import { NumericalError } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import type { InputSpec } from '../trace/trace.ts'
import type { Data } from './loopProgram.ts'

/** A state of a loop that is not finite any more. */
export class NonFiniteStateError extends NumericalError {
  /** The step that made it. */
  readonly step: number
  /** The part of the state, as in `state.mean`. */
  readonly leaf: string
  /** The state before the step. */
  readonly state: unknown

  constructor(message: string, step: number, leaf: string, state: unknown) {
    super(message)
    this.step = step
    this.leaf = leaf
    this.state = state
  }
}

/** A number of a state that is not finite: in which part, and where in it. */
export interface NonFinite {
  readonly leaf: number
  readonly value: number
  readonly at: readonly number[]
}

/** The first number that is not finite, if there is one. */
export function nonFinite(state: readonly Data[], specs: readonly InputSpec[]): NonFinite | undefined {
  for (const [leaf, data] of state.entries()) {
    for (let i = 0; i < data.length; i++) {
      if (!Number.isFinite(data[i]!)) return { leaf, value: data[i]!, at: indicesOf(i, specs[leaf]!.shape) }
    }
  }
  return undefined
}
