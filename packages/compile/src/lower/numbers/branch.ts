import { variable, type Statement } from '../../wasm/statement.ts'
import type { Value } from '../../wasm/value.ts'
import { when } from '../routines/when.ts'

/**
 * Statements for a condition, of values that they take anew: what is computed of those is computed within, and not before it
 * as what is the same in each turn of a loop.
 */
export function branch(
  condition: Value,
  values: readonly Value[],
  body: (...values: Value[]) => readonly Statement[],
): readonly Statement[] {
  const own = values.map(({ type }) => variable(type))
  return when(condition, [
    ...own.map((one, i) => ({ variable: one, to: values[i]! })),
    ...body(...own.map(({ get }) => get)),
  ])
}
