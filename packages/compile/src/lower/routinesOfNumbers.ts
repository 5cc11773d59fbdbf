import type { Statement, Variable } from '../wasm/statement.ts'
import type { Value } from '../wasm/value.ts'
import { gammaSampleDerivative } from './numbers/gammaSampleDerivative.ts'

/** Puts a number made of others, all in float64, into a variable: by branches and loops, for one element at a time. */
export type RoutineOfNumbers = (args: readonly Value[], into: Variable) => readonly Statement[]

/** Elementwise operations whose instructions are a function of the module, by name. */
export const ROUTINES_OF_NUMBERS: Readonly<Record<string, RoutineOfNumbers>> = {
  gammaSampleDerivative,
}
