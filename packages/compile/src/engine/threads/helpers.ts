import { startThread } from './workers/startThread.ts'
import type { Thread } from './workers/thread.ts'
import { BOARD, LEAVE } from './board.ts'
import { HELPER_TEXT } from './helperText.ts'

/** A program whose parts threads do: the memory that they share, and where in it they agree on what is to be done. */
export interface Program {
  readonly id: number
  readonly module: WebAssembly.Module
  readonly memory: WebAssembly.Memory
  readonly board: number
  readonly count: number
  /** Who was asked to help, by the number of the thread. */
  readonly asked: (Thread<HelperOrder> | undefined)[]
}

/** What a helper is told. */
export type HelperOrder =
  | ({ readonly kind: 'help'; readonly thread: number } & Omit<Program, 'asked' | 'count'>)
  | { readonly kind: 'forget'; readonly id: number }

/** So many milliseconds after the last call helpers are ended, and memory that programs share is let go of. */
const IDLE = 10_000
/** So many helpers that fail are replaced. */
const MOST_FAILURES = 3

/**
 * The threads that help with programs, started when they are first asked for and the same for all programs. Nothing waits for
 * them: they come when they have started, and a program that is called before is done without. They keep no process alive.
 */
class Helpers {
  /** By the number of the thread; the first is who calls. */
  #threads: (Thread<HelperOrder> | undefined)[] = []
  #current: Program | undefined
  #failures = 0
  #lastCall = 0
  #isTimed = false
  readonly #dropped = new FinalizationRegistry<number>((id) => {
    for (const thread of this.#threads) thread?.post({ kind: 'forget', id })
  })

  /** Lets go of what helpers have of a program once nothing here has it. */
  watch(program: Program): void {
    this.#dropped.register(program, program.id)
  }

  /** Asks helpers to a program that is about to be called. */
  call(program: Program): void {
    const { memory, board, count, asked } = program
    const words = new Int32Array(memory.buffer, board)
    if (this.#current !== program) {
      this.#leave()
      this.#current = program
    }
    for (let thread = 1; thread < count; thread++) {
      const here = BOARD.helps / 4 + thread
      const known = this.#threads[thread]
      if (known && asked[thread] === known && Atomics.load(words, here) === 1) continue
      const helper = known ?? this.#start(thread)
      if (!helper) {
        // Where nobody helps nothing would let go of it.
        if (this.#threads.every((other) => !other)) this.#current = undefined
        return
      }
      if (!this.#ask(helper, program, thread)) return
    }
  }

  /**
   * A call has ended. Helpers are ended long after only, when they have left by themselves: one that was ended in the midst of a part
   * would be waited for for ever.
   */
  rest(): void {
    this.#lastCall = performance.now()
  }

  /** Asks one for help; whether it could be told what it needs. */
  #ask(helper: Thread<HelperOrder>, { id, module, memory, board, asked }: Program, thread: number): boolean {
    const words = new Int32Array(memory.buffer, board)
    Atomics.store(words, BOARD.helps / 4 + thread, 1)
    asked[thread] = helper
    try {
      helper.post({ kind: 'help', thread, id, module, memory, board })
      return true
    } catch {
      // Not every place lets a worker have memory that is shared. It counts as asked, so that it is once.
      return false
    }
  }

  /** Tells helpers that they are needed elsewhere. */
  #leave(): void {
    if (!this.#current) return
    const { memory, board } = this.#current
    const words = new Int32Array(memory.buffer, board)
    Atomics.store(words, BOARD.state / 4, LEAVE)
    Atomics.notify(words, BOARD.state / 4)
  }

  #start(number: number): Thread<HelperOrder> | undefined {
    if (this.#failures > MOST_FAILURES) return undefined
    const onError = (): void => {
      if (thread && this.#threads[number] !== thread) return
      this.#threads[number] = undefined
      this.#failures++
      // One of a browser lives on.
      void thread?.end()
    }
    let thread: Thread<HelperOrder> | undefined
    try {
      thread = startThread<unknown, HelperOrder>(HELPER_TEXT, { onReport: () => {}, onError })
    } catch {
      this.#failures = Infinity
      return undefined
    }
    thread.hold(false)
    this.#threads[number] = thread
    this.#time()
    return thread
  }

  #time(): void {
    if (this.#isTimed) return
    this.#isTimed = true
    const timer: unknown = setTimeout(() => {
      this.#isTimed = false
      if (performance.now() - this.#lastCall < IDLE) return this.#time()
      this.#leave()
      this.#current = undefined
      const threads = this.#threads
      this.#threads = []
      for (const thread of threads) void thread?.end()
    }, IDLE)
    // In Node it is an object, which would keep the process alive.
    ;(timer as { unref?(): void }).unref?.()
  }
}

let shared: Helpers | undefined

/** The helpers of all programs here. */
export function helpers(): Helpers {
  return (shared ??= new Helpers())
}
