import type { Precision } from '../wasm/lanes.ts'
import type { NonFinite } from './firstNonFinite.ts'
import { goThrough, type Course, type Gone, type Listener } from './goThrough.ts'
import { NonFiniteStateError } from './nonFiniteStateError.ts'
import type { Ready } from './prepared.ts'
import type { AnyRunOptions, LoopRun } from './runOptions.ts'
import { runInWorker } from './worker/runInWorker.ts'

/**
 * Goes the steps of a loop that is compiled, here or in a worker.
 *
 * @throws NonFiniteStateError for a state that is not finite where `finite` is set.
 */
export async function goLoop(
  loop: Ready,
  options: AnyRunOptions,
): Promise<LoopRun<unknown, unknown, Precision>> {
  const {
    count,
    from = 0,
    precision = 'float32',
    onProgress,
    signal,
    finite = false,
    collect,
    worker,
    stops = [],
    onStop,
  } = options
  const course: Course = {
    from,
    count,
    every: collect?.every ?? 1,
    finite,
    until: loop.until,
    specs: loop.specs,
  }
  const listener: Listener = {
    isAborted: () => signal?.aborted ?? false,
    onProgress:
      onProgress &&
      ((first, end, rows) =>
        onProgress({ step: end, count, outputs: loop.outputs(first, end, rows, 'float64') as never })),
  }
  const gone = await (worker
    ? runInWorker(loop, course, listener, signal, worker)
    : here(loop, course, listener, {
        at: stops.filter((stop) => stop > from),
        call: (step, state) => onStop?.({ step, state: loop.state(state, 'float64') as never }),
      }))
  if (gone.nonFinite) throw errorOf(loop, gone, gone.nonFinite)
  const { step: done, state, rows, isEnded } = gone
  const kind = isEnded ? 'ended' : 'aborted'
  return {
    state: loop.state(state, precision) as never,
    outputs: loop.outputs(from, done, rows, precision) as never,
    termination: isEnded || done < count ? { kind, step: done } : { kind: 'limit' },
    explanation: loop.program.explanation,
  }
}

interface Stops {
  /** After how many steps. */
  readonly at: readonly number[]
  /** Gives, or promises, `true` where the run is to end. */
  call(step: number, state: Gone['state']): unknown
}

/** Goes a run on this thread. */
async function here(
  { program, inputs }: Ready,
  course: Course,
  listener: Listener,
  stops: Stops,
): Promise<Gone> {
  const runner = program.runner()
  try {
    runner.begin(inputs)
    let at = course.from
    for (const stop of stops.at) {
      const gone = await goThrough(runner, { ...course, count: stop }, listener, at)
      at = gone.step
      if (gone.nonFinite || gone.isEnded || at < stop) return gone
      if ((await stops.call(at, gone.state)) === true) return { ...gone, isEnded: true }
    }
    return await goThrough(runner, course, listener, at)
  } finally {
    await runner.dispose()
  }
}

/** The error for a run that came to a state which is not finite. */
function errorOf(loop: Ready, { step, state }: Gone, { leaf, at, value }: NonFinite): NonFiniteStateError {
  const path = loop.paths[leaf]!
  const when = step > 0 ? `after step ${step - 1}` : 'before the first step'
  const where = at.length > 0 ? ` at [${at}]` : ''
  const message = `runLoop: ${path} is not finite ${when}: got ${value}${where}`
  return new NonFiniteStateError(message, step - 1, path, loop.state(state, 'float64'))
}
