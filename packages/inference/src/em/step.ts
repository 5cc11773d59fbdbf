import type { Term } from '../exact/terms.ts'
import type { Breakdown } from '../run/index.ts'
import type { Arguments, Traced } from './argumentsOf.ts'
import type { Completion } from './completions.ts'
import type { Parameters } from './parameters.ts'
import type { Selection } from './selection.ts'

/** What maximises over some parameters, given the others. */
export interface Step {
  readonly params: readonly string[]
  /** How, for a person to read. */
  readonly how: string
  update(parameters: Parameters, completions: readonly Completion[]): Parameters | Breakdown
}

/** A term, and how its arguments depend on parameters. */
export interface Inspected extends Arguments, Traced, Selection {
  readonly term: Term
  /** The number of the term among all. */
  readonly at: number
  evaluate(given: Parameters, completion: Completion): Arguments
}
