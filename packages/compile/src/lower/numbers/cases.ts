import type { Statement, Variable } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { branch } from './branch.ts'
import { all, not } from './number.ts'

/** What is done with values where a condition holds. */
type Case<Result> = readonly [condition: Value, result: (...values: Value[]) => Result]

/** Statements of the first case that holds of values, or of the other one. Nothing else is computed. */
export function either(
  values: readonly Value[],
  cases: readonly Case<readonly Statement[]>[],
  otherwise: (...values: Value[]) => readonly Statement[],
): readonly Statement[] {
  const refused = cases.map(([condition]) => not(condition))
  return [
    ...cases.flatMap(([condition, result], i) =>
      branch(all(...refused.slice(0, i), condition), values, result),
    ),
    ...branch(all(...refused), values, otherwise),
  ]
}

type NumberOrStatements = Value | readonly Statement[]

/** The same with numbers to put into a variable, or with statements that do so. */
export function firstOf(
  into: Variable,
  values: readonly Value[],
  cases: readonly Case<NumberOrStatements>[],
  otherwise: (...values: Value[]) => NumberOrStatements,
): readonly Statement[] {
  const put =
    (result: (...values: Value[]) => NumberOrStatements) =>
    (...own: Value[]): readonly Statement[] => {
      const made = result(...own)
      return 'type' in made ? [{ variable: into, to: made }] : made
    }
  return either(
    values,
    cases.map(([condition, result]) => [condition, put(result)] as const),
    put(otherwise),
  )
}
