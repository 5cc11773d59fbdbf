import type { Data, LoopRunner } from './loopProgram.ts'

/**
 * Goes steps, up to the first that ends the run, if one does. What was run beyond it is taken back, a failure there as well: how many
 * steps are gone at once does not show.
 *
 * @param before the state before them.
 * @param until which of the outputs, a scalar of each step, ends the run where it is not 0.
 * @returns before which step it stands, at most `end`: after a step that ends the run, or before one that fails, which is not the first.
 */
export function runUntil(
  runner: LoopRunner,
  before: readonly Data[],
  from: number,
  end: number,
  until: number | undefined,
): { readonly to: number; readonly isEnded: boolean } {
  if (until === undefined) {
    runner.run(from, end)
    return { to: end, isEnded: false }
  }
  try {
    runner.run(from, end)
  } catch (error) {
    if (end - from === 1) throw error
    runner.restore(before)
    return oneByOne(runner, before, from, end, until)
  }
  const last = runner.rows(from, end)[until]!.findIndex((x) => x !== 0)
  const to = last < 0 ? end : from + last + 1
  if (to < end) {
    runner.restore(before)
    runner.run(from, to)
  }
  return { to, isEnded: last >= 0 }
}

/** The same of steps of which one fails: those before it count. */
function oneByOne(
  runner: LoopRunner,
  before: readonly Data[],
  from: number,
  end: number,
  until: number,
): ReturnType<typeof runUntil> {
  let good = before
  for (let step = from; step < end; step++) {
    try {
      runner.run(step, step + 1)
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
