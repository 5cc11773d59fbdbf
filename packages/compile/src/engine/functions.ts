import { unsigned } from '../wasm/encode.ts'
import type { Node } from '../graph/node.ts'
import { ROUTINES_OF_NUMBERS, type RoutineOfNumbers } from '../lower/routinesOfNumbers.ts'
import { exported } from '../wasm/exported.ts'
import { variable, type Instruction, type Statement, type Variable } from '../wasm/statement.ts'
import { F64, type Value } from '../wasm/value.ts'
import type { DefinedFunction } from '../wasm/wasmModule.ts'

/** A function of a module: what its parameters hold at the start, and a variable whose number it gives, if any. */
interface Defined {
  readonly statements: readonly Statement[]
  readonly parameters: readonly Variable[]
  readonly result?: Variable
}

/** The functions of a module that others of it call: they work on memory, or give a number of numbers. */
export class Functions {
  readonly #defined: Defined[] = []
  readonly #ofNumbers = new Map<RoutineOfNumbers, number>()
  readonly #imported: () => number
  readonly #address: (table: Node) => number

  /**
   * @param imported how many functions are imported, which are counted first: known when all code is made.
   * @param address where a constant lies.
   */
  constructor(imported: () => number, address: (table: Node) => number) {
    this.#imported = imported
    this.#address = address
  }

  /**
   * The instruction that calls a function of these statements.
   *
   * @param parameters variables that the function has as they are where it is called; it may set its own.
   */
  define(statements: readonly Statement[], parameters: readonly Variable[] = []): Instruction {
    const index = this.#defined.push({ statements, parameters }) - 1
    return this.#call(
      index,
      parameters.map(({ get }) => get),
    )
  }

  /** What an operation makes of numbers in float64, if there is code for a function of them. */
  callOf(op: string, args: readonly Value[]): Value | undefined {
    const routine = ROUTINES_OF_NUMBERS[op]
    return routine && this.#ofRoutine(routine, args)
  }

  #ofRoutine(routine: RoutineOfNumbers, args: readonly Value[]): Value {
    const index = this.#ofNumbers.get(routine) ?? this.#defineRoutine(routine, args.length)
    return Object.assign(this.#call(index, args), { type: F64 })
  }

  #defineRoutine(routine: RoutineOfNumbers, arity: number): number {
    const parameters = Array.from({ length: arity }, () => variable(F64))
    const result = variable(F64)
    const statements = routine(
      parameters.map(({ get }) => get),
      result,
      { call: (own, ...args) => this.#ofRoutine(own, args), address: this.#address },
    )
    const index = this.#defined.push({ statements, parameters, result }) - 1
    this.#ofNumbers.set(routine, index)
    return index
  }

  /** The place among functions is known when all code is made. */
  #call(index: number, args: readonly Value[]): Instruction {
    const imported = this.#imported
    return {
      get code() {
        return [0x10, ...unsigned(imported() + index)]
      },
      args,
    }
  }

  bodies(): readonly DefinedFunction[] {
    return this.#defined.map(({ statements, parameters, result }) =>
      exported(undefined, statements, parameters, result),
    )
  }
}
