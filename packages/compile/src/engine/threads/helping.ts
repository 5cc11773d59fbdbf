import { plus } from '../../lower/routines/integers.ts'
import { repeatWhile } from '../../lower/routines/draws/repeatWhile.ts'
import { when } from '../../lower/routines/when.ts'
import {
  atomicAdd,
  atomicLoad,
  atomicStore,
  atomicSubtract,
  atomicWait,
  TIMED_OUT,
} from '../../wasm/atomics.ts'
import { variable, whole, type Instruction, type Statement, type Variable } from '../../wasm/statement.ts'
import { I32, value } from '../../wasm/value.ts'
import { BOARD, LEAVE } from './board.ts'
import { isMore, isNot, partsIn } from './words.ts'

/** So often a helper looks for parts before it waits: some 50 µs, as pieces of a program between regions take. */
const LOOKS = 10_000
/** How long it waits before it leaves, in milliseconds. */
const STAY = 100

/**
 * What a helper does until it leaves: where there has been nothing to do for long, or when it is told to.
 *
 * @param board where the board lies.
 * @param take the call of the function that takes parts as long as there are any.
 * @param thread which of the threads it is, from 1 on.
 */
export function helping(board: number, take: Instruction, thread: Variable): readonly Statement[] {
  const [seen, looks, ended, before] = [variable(I32), variable(I32), variable(I32), variable(I32)]
  const [state, sleepers] = [whole(board + BOARD.state), whole(board + BOARD.sleepers)]
  const left = plus(value(I32, [0x74], [thread.get, whole(2)]), board + BOARD.helps)
  return [
    { code: [0x24, 0], args: [thread.get] },
    { variable: looks, to: whole(0) },
    repeatWhile((again) => [
      { variable: seen, to: atomicLoad(state) },
      { variable: again, to: isNot(seen.get, LEAVE) },
      { variable: looks, to: plus(looks.get, 1) },
      ...when(isNot(partsIn(seen.get), 0), [take, { variable: looks, to: whole(0) }]),
      ...when(value(I32, [0x71], [again.get, isMore(looks.get, LOOKS)]), [
        { variable: before, to: atomicAdd(sleepers, whole(1)) },
        { variable: ended, to: atomicWait(state, seen.get, STAY) },
        { variable: before, to: atomicSubtract(sleepers, whole(1)) },
        { variable: again, to: isNot(ended.get, TIMED_OUT) },
        { variable: looks, to: whole(0) },
      ]),
    ]),
    atomicStore(left, whole(0)),
  ]
}
