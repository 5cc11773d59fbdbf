import { repeat, variable, type Instruction, type Statement, type Variable } from '../../../wasm/statement.ts'
import { I32 } from '../../../wasm/value.ts'
import { plus } from '../integers.ts'
import { COLUMNS } from './solve.ts'

/**
 * Calls for columns of right-hand sides, as many at once as are solved for together.
 *
 * @param bytes of a number in memory.
 * @param at where the columns are read and written: these move on from one call to the next.
 */
export function overColumns(
  columns: number,
  bytes: number,
  at: readonly Variable[],
  callOf: (columns: number) => Instruction,
): readonly Statement[] {
  const [blocks, rest] = [Math.floor(columns / COLUMNS), columns % COLUMNS]
  const move = at.map((variable): Statement => ({ variable, to: plus(variable.get, COLUMNS * bytes) }))
  const block = (): readonly Statement[] => [callOf(COLUMNS), ...move]
  return [
    ...(blocks > 0 ? [repeat(variable(I32), 0, blocks, 1, block())] : []),
    ...(rest > 0 ? [callOf(rest)] : []),
  ]
}
