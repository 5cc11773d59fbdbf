import { unsigned } from '../wasm/encode.ts'
import { functionBody } from '../wasm/functionBody.ts'
import type { Instruction, Statement, Variable } from '../wasm/statement.ts'
import type { DefinedFunction } from '../wasm/wasmModule.ts'

/** The functions of a module that others of it call, without parameters and results: they work on memory. */
export class Functions {
  readonly #defined: (readonly Statement[])[] = []
  readonly #imported: () => number

  /** @param imported how many functions are imported, which are counted first: known when all code is made. */
  constructor(imported: () => number) {
    this.#imported = imported
  }

  /** The instruction that calls a function of these statements. */
  define(statements: readonly Statement[]): Instruction {
    const index = this.#defined.push(statements) - 1
    const imported = this.#imported
    return {
      get code() {
        return [0x10, ...unsigned(imported() + index)]
      },
      args: [],
    }
  }

  bodies(): readonly DefinedFunction[] {
    return this.#defined.map((statements) => exported(undefined, statements))
  }
}

/** A function of statements, exported if it has a name. */
export function exported(
  name: string | undefined,
  statements: readonly Statement[],
  parameters: readonly Variable[] = [],
): DefinedFunction {
  const types = parameters.map(({ type }) => type)
  return { name, parameters: types, results: [], body: functionBody(statements, parameters) }
}
