import { unsigned } from '../wasm/encode.ts'
import { functionBody } from '../wasm/functionBody.ts'
import type { Instruction, Statement, Variable } from '../wasm/statement.ts'
import type { DefinedFunction } from '../wasm/wasmModule.ts'

/** The functions of a module that others of it call, without results: they work on memory. */
export class Functions {
  readonly #defined: (readonly [statements: readonly Statement[], parameters: readonly Variable[]])[] = []
  readonly #imported: () => number

  /** @param imported how many functions are imported, which are counted first: known when all code is made. */
  constructor(imported: () => number) {
    this.#imported = imported
  }

  /**
   * The instruction that calls a function of these statements.
   *
   * @param parameters variables that the function has as they are where it is called; it may set its own.
   */
  define(statements: readonly Statement[], parameters: readonly Variable[] = []): Instruction {
    const index = this.#defined.push([statements, parameters]) - 1
    const imported = this.#imported
    return {
      get code() {
        return [0x10, ...unsigned(imported() + index)]
      },
      args: parameters.map(({ get }) => get),
    }
  }

  bodies(): readonly DefinedFunction[] {
    return this.#defined.map((f) => exported(undefined, ...f))
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
