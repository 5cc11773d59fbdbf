import { variable, whole, type Statement } from '../../wasm/statement.ts'
import { I32, type Value } from '../../wasm/value.ts'

/** Statements that are run if a condition is 1, and not if it is 0. */
export function when(condition: Value, body: readonly Statement[]): readonly Statement[] {
  const to = variable(I32)
  const index = variable(I32)
  return [
    { variable: to, to: condition },
    { index, from: whole(0), to: to.get, step: 1, mayBeEmpty: true, body },
  ]
}
