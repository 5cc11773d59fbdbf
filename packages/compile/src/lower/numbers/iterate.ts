import { variable, type Statement } from '../../wasm/statement.ts'
import { F64, I32, type Value } from '../../wasm/value.ts'
import { repeatWhile } from '../routines/draws/repeatWhile.ts'

/** What a turn makes of a state, and whether there is another. */
export interface Turn {
  readonly next: readonly Value[]
  readonly again: Value
}

/**
 * Statements that replace a state, some numbers, by the next one as long as a turn says, and at least once; and the state
 * behind them.
 */
export function iterate(
  start: readonly Value[],
  turn: (state: readonly Value[]) => Turn,
): readonly [statements: readonly Statement[], state: readonly Value[]] {
  const state = start.map(() => variable(F64))
  const [fresh, goesOn] = [start.map(() => variable(F64)), variable(I32)]
  const gets = state.map(({ get }) => get)
  const { next, again } = turn(gets)
  return [
    [
      ...state.map((to, i) => ({ variable: to, to: start[i]! })),
      repeatWhile((more) => [
        ...fresh.map((to, i) => ({ variable: to, to: next[i]! })),
        { variable: goesOn, to: again },
        ...state.map((to, i) => ({ variable: to, to: fresh[i]!.get })),
        { variable: more, to: goesOn.get },
      ]),
    ],
    gets,
  ]
}
