import type { InputSpec } from '../trace/trace.ts'
import { firstNonFinite, type NonFinite } from './firstNonFinite.ts'
import type { AsyncLoopRunner, Data } from './loopProgram.ts'
import { Pace } from './pace.ts'
import { pause } from './pause.ts'
import { runUntil } from './runUntil.ts'

/** Which steps a run goes, and how. */
export interface Course {
  /** How many steps were done before. */
  readonly from: number
  readonly count: number
  /** Of so many steps the last gives a row. */
  readonly every: number
  /** Whether the state must be finite. */
  readonly finite: boolean
  /** Which of the outputs, a scalar of each step, ends the run where it is not 0. */
  readonly until?: number | undefined
  /** The shapes and types of the state's parts. */
  readonly specs: readonly InputSpec[]
}

/** Who follows a run. */
export interface Listener {
  isAborted(): boolean
  /** Is told of steps that are done, from one on to before another, and awaited. */
  readonly onProgress?: ((from: number, to: number, rows: readonly Data[]) => unknown) | undefined
}

/** How far a run came. */
export interface Gone {
  /** How many steps are done. */
  readonly step: number
  /** Whether it came to the step that ends it. */
  readonly isEnded?: boolean
  /** What is carried; where the last step made it otherwise, the last that was finite. */
  readonly state: readonly Data[]
  readonly rows: readonly Data[]
  readonly nonFinite?: NonFinite | undefined
}

/**
 * Goes the steps of a run, with pauses in which others have their turn. The same steps give the same, wherever the pauses are.
 *
 * @param at where it stands: `course.from`, if none were gone elsewhere.
 */
export async function goThrough(
  runner: AsyncLoopRunner,
  { from, count, every, finite, until, specs }: Course,
  { isAborted, onProgress }: Listener,
  at: number = from,
): Promise<Gone> {
  const rows = (first: number, end: number): readonly Data[] => runner.rows(...rowsOf(every, first, end))
  const pace = new Pace(runner.turn)
  let done = at
  const isKept = finite || until !== undefined
  let good = isKept ? runner.state() : []
  const nonFinite = finite ? firstNonFinite(good, specs) : undefined
  if (nonFinite) return { step: done, state: good, rows: [], nonFinite }
  while (done < count && !isAborted()) {
    const start = performance.now()
    const { to, isEnded } = await runUntil(runner, good, done, Math.min(count, done + pace.steps), until)
    pace.took(to - done, performance.now() - start)
    if (isKept) {
      const state = runner.state()
      const found = finite ? firstNonFinite(state, specs) : undefined
      if (found) {
        const gone = await again(runner, good, done, to, found, specs)
        const last = gone.step - 1
        if (last > done) await onProgress?.(done, last, rows(done, last))
        return gone
      }
      good = state
    }
    const first = done
    done = to
    await onProgress?.(first, done, rows(first, done))
    if (isEnded) return { step: done, isEnded, state: runner.state(), rows: rows(from, done) }
    if (done < count) await pause()
  }
  return { step: done, state: runner.state(), rows: rows(from, done) }
}

/** Goes steps again one by one, to the first that makes a state which is not finite: at the latest that before `to`. */
async function again(
  runner: AsyncLoopRunner,
  before: readonly Data[],
  from: number,
  to: number,
  found: NonFinite,
  specs: readonly InputSpec[],
): Promise<Gone> {
  runner.restore(before)
  let good = before
  for (let step = from; step < to - 1; step++) {
    await runner.run(step, step + 1)
    const state = runner.state()
    const nonFinite = firstNonFinite(state, specs)
    if (nonFinite) return { step: step + 1, state: good, rows: [], nonFinite }
    good = state
  }
  return { step: to, state: good, rows: [], nonFinite: found }
}

/** The rows that are collected in steps, from one on to before another. */
export function rowsOf(every: number, from: number, to: number): [start: number, end: number] {
  return [Math.floor(from / every), Math.floor(to / every)]
}
