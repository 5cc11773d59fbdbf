import type { Statement, Variable } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { branch } from './branch.ts'
import { all, not } from './number.ts'

/** What is computed of values: a number, or statements that put one into a variable. */
type Result = (...values: Value[]) => Value | readonly Statement[]

/** What is computed of values where a condition holds. */
export type Case = readonly [condition: Value, result: Result]

/**
 * Statements that put a number into a variable: that of the first case that holds of values, or the other one. Nothing else
 * is computed.
 */
export function firstOf(
  into: Variable,
  values: readonly Value[],
  cases: readonly Case[],
  otherwise: Result,
): readonly Statement[] {
  const refused = cases.map(([condition]) => not(condition))
  const rest: Case = [all(...refused), otherwise]
  return [...cases, rest].flatMap(([condition, result], i) => {
    const holds = i < cases.length ? all(...refused.slice(0, i), condition) : condition
    return branch(holds, values, (...own) => {
      const made = result(...own)
      return 'type' in made ? [{ variable: into, to: made }] : made
    })
  })
}
