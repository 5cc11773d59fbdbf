import { variable, whole, type Statement } from '../../../wasm/statement.ts'
import { I32, value, type Value } from '../../../wasm/value.ts'
import { when } from '../when.ts'
import type { Factor } from './factor.ts'

/**
 * Statements for elements of a batch, each with the factor of its matrix: computed where the matrix is another than before,
 * for matrices broadcast.
 */
export function factorOnce({ call, a }: Factor): {
  readonly start: Statement
  at(address: Value): readonly Statement[]
} {
  const last = variable(I32)
  return {
    // Nothing is there.
    start: { variable: last, to: whole(0) },
    at: (address) => [
      { variable: a, to: address },
      ...when(value(I32, [0x47], [a.get, last.get]), [call, { variable: last, to: a.get }]),
    ],
  }
}
