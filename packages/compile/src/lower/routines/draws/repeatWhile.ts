import { variable, whole, type Loop, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32 } from '../../../wasm/value.ts'

/** Statements that are run again as long as they leave 1 in a variable, and not 0. */
export function repeatWhile(body: (again: Variable) => readonly Statement[]): Loop {
  const again = variable(I32)
  return {
    index: variable(I32),
    from: whole(0),
    to: again.get,
    step: 0,
    mayBeEmpty: false,
    body: body(again),
  }
}
