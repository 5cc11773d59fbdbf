import { NumericalError } from '@variate/core'

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
