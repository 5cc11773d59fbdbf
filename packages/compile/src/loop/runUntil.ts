import type { AsyncLoopRunner, Data } from './loopProgram.ts'

interface Stand {
  /** Before which step it is. */
  readonly to: number
  /** Whether the last step ends the run. */
  readonly isEnded: boolean
}

/**
 * Goes steps, up to the first that ends the run, if one does. What was run beyond it is taken back, a failure there as well: how many
 * steps are gone at once does not show.
 *
 * @param before the state before them.
 * @param until which of the outputs, a scalar of each step, ends the run where it is not 0.
 * @returns where it stands: behind a step that ends the run, before one that fails, which is not the first, or at `end`.
 */
export async function runUntil(
  runner: AsyncLoopRunner,
  before: readonly Data[],
  from: number,
  end: number,
  until: number | undefined,
): Promise<Stand> {
  if (until === undefined) {
    await runner.run(from, end)
    return { to: end, isEnded: false }
  }
  try {
    await runner.run(from, end)
  } catch (error) {
    if (end - from === 1) throw error
    runner.restore(before)
    return await oneByOne(runner, before, from, end, until)
  }
  const last = firstNonZero(runner.rows(from, end)[until]!)
  const to = last < 0 ? end : from + last + 1
  if (to < end) {
    runner.restore(before)
    await runner.run(from, to)
  }
  return { to, isEnded: last >= 0 }
}

/** Where the first number that is not 0 is, −1 if there is none: by `findIndex` it would take as long as small steps do. */
function firstNonZero(data: Data): number {
  for (let i = 0; i < data.length; i++) if (data[i] !== 0) return i
  return -1
}

/** The same of steps of which one fails: those before it count. */
async function oneByOne(
  runner: AsyncLoopRunner,
  before: readonly Data[],
  from: number,
  end: number,
  until: number,
): Promise<Stand> {
  let good = before
  for (let step = from; step < end; step++) {
    try {
      await runner.run(step, step + 1)
    } catch (error) {
      if (step === from) throw error
      runner.restore(good)
      return { to: step, isEnded: false }
    }
    if (runner.rows(step, step + 1)[until]![0] !== 0) return { to: step + 1, isEnded: true }
    good = runner.state()
  }
  return { to: end, isEnded: false }
}
