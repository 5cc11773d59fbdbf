import { unsigned } from './encode.ts'
import { exported } from './exported.ts'
import type { Instruction, Statement, Variable } from './statement.ts'
import type { DefinedFunction } from './wasmModule.ts'

interface Procedure {
  readonly statements: readonly Statement[]
  readonly parameters: readonly Variable[]
}

/** The functions that others of a module call, which come first in it: of a module that imports no function. */
export class Procedures {
  readonly #defined: Procedure[] = []

  /**
   * The instruction that calls a function of these statements, which may become more until all functions are written.
   *
   * @param parameters variables that the function has as they are where it is called; it may set its own.
   */
  readonly define = (statements: readonly Statement[], parameters: readonly Variable[] = []): Instruction => {
    const index = this.#defined.push({ statements, parameters }) - 1
    return { code: [0x10, ...unsigned(index)], args: parameters.map(({ get }) => get) }
  }

  bodies(): readonly DefinedFunction[] {
    return this.#defined.map(({ statements, parameters }) => exported(undefined, statements, parameters))
  }
}
