import type { Real } from './real.ts'

/** The arguments of a call that are numbers, null where a tensor stands: what a kernel is told besides its inputs. */
export type Constants = readonly (number | null)[]

export function constantsOf(args: readonly Real[]): Constants {
  return args.map((x) => (typeof x === 'number' ? x : null))
}

/** The arguments of a call: its constants, and its inputs in the places between. */
export function argumentsOf<Input>(constants: Constants, inputs: readonly Input[]): (number | Input)[] {
  let next = 0
  return constants.map((constant) => constant ?? inputs[next++]!)
}

/** The position of input `index` among the arguments. */
export function positionOf(constants: Constants, index: number): number {
  return constants.flatMap((constant, i) => (constant === null ? i : []))[index]!
}
