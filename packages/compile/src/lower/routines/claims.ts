import { whole, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32, value, type Value } from '../../wasm/value.ts'
import type { Target } from '../target.ts'
import { plus, times } from './integers.ts'

/** A statement that a condition holds. */
export type Claim = (condition: Value) => Statement

/** What functions find out about the numbers that they compute, kept in memory. */
export interface Claims {
  /** Forgets what was found. */
  readonly clear: Statement
  readonly claim: Claim
  /** Sets a variable to 1 if a claim did not hold since, to 0 if all did. */
  readonly failed: (into: Variable) => readonly Statement[]
}

export function claims(target: Target): Claims {
  const at = target.room(8)
  const store = (address: Value, x: number): Statement => ({ code: [0x36, 2, 0], args: [address, whole(x)] })
  return {
    clear: store(whole(at), 0),
    // Where the condition holds the mark is made beside. What is read at one place would be the same throughout a loop:
    // it is not read here, and below at a place that is set.
    claim: (condition) => store(plus(times(condition, 4), at), 1),
    failed: (into) => [
      { variable: into, to: whole(at) },
      { variable: into, to: value(I32, [0x28, 2, 0], [into.get]) },
    ],
  }
}
