import { functionBody } from './functionBody.ts'
import type { Instruction, Statement, Variable } from './statement.ts'
import type { DefinedFunction } from './wasmModule.ts'

/** A function of statements, exported if it has a name, that gives the number in a variable, if it is told one. */
export function exported(
  name: string | undefined,
  statements: readonly Statement[],
  parameters: readonly Variable[] = [],
  result?: Variable,
): DefinedFunction {
  const types = parameters.map(({ type }) => type)
  // A value that nothing takes from the stack is what a function gives.
  const given: readonly Instruction[] = result ? [{ code: [], args: [result.get] }] : []
  const results = result ? [result.type] : []
  return { name, parameters: types, results, body: functionBody([...statements, ...given], parameters) }
}
