import type { Instance } from '../instantiate.ts'
import type { ModuleData } from '../moduleData.ts'
import { BOARD } from './board.ts'
import { helpers, type Program } from './helpers.ts'
import { settle } from './settle.ts'

/** Numbers for programs, which helpers know them by. */
let nextId = 1

/** A module whose functions threads help with, if its memory is for several. */
export function threaded(instance: Instance, { threads }: Pick<ModuleData, 'threads'>): Instance {
  if (!threads) return instance
  const { module, memory, functions } = instance
  const program: Program = { id: nextId++, module, memory, ...threads, asked: [] }
  clearBoard(memory, threads.board)
  helpers().watch(program)
  const helped = Object.entries(functions).map(
    ([name, f]) =>
      [
        name,
        (...args: number[]): void => {
          helpers().call(program)
          try {
            f(...args)
          } catch (error) {
            settle(memory, threads.board)
            throw error
          } finally {
            helpers().rest()
          }
        },
      ] as const,
  )
  return { ...instance, functions: Object.fromEntries(helped) }
}

/** Leaves nothing to be done on a board; of pages of browsers only workers may wait. */
export function clearBoard(memory: WebAssembly.Memory, board: number): void {
  const words = new Int32Array(memory.buffer, board, BOARD.bytes / 4).fill(0)
  words[BOARD.mayWait / 4] = 'document' in globalThis ? 0 : 1
}
