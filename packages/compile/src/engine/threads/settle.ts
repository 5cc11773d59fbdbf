import { BOARD, LEAVE } from './board.ts'

/** How long it waits until it looks again, in milliseconds. */
const NAP = 1

/**
 * Ends a call that failed, in the midst of a region or elsewhere: of its parts no more are begun, and those that helpers have begun
 * are waited for. They would count as parts of the next call, and write into its memory.
 */
export function settle(memory: WebAssembly.Memory, board: number): void {
  const words = new Int32Array(memory.buffer, board)
  const [state, pending, mayWait, hasFailed] = [
    BOARD.state / 4,
    BOARD.pending / 4,
    BOARD.mayWait / 4,
    BOARD.hasFailed / 4,
  ]
  const notBegun = Atomics.exchange(words, state, LEAVE) & 0xffff
  // If it failed in a part that one is not done either.
  const isUnderWay = (): boolean => Atomics.load(words, pending) > notBegun + 1
  while (isUnderWay()) if (words[mayWait] === 1) Atomics.wait(words, pending, words[pending]!, NAP)
  Atomics.store(words, pending, 0)
  Atomics.store(words, hasFailed, 0)
}
