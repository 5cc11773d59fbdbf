import type { Precision } from '../wasm/lanes.ts'
import type { NonFinite } from './firstNonFinite.ts'
import { goThrough, type Course, type Gone, type Listener } from './goThrough.ts'
import type { Made, NextState } from './loop.ts'
import { NonFiniteStateError } from './nonFiniteStateError.ts'
import type { AnyStep, Collect, StepContext, Tensors } from './options.ts'
import { prepared, type Ready } from './prepared.ts'
import { checkRunOptions, type AnyRunOptions, type LoopRun, type RunLoopOptions } from './runOptions.ts'
import { runInWorker } from './worker/runInWorker.ts'

/**
 * A long loop, as `loop` has it, that runs by itself: the event loop has its turn about every 16 ms, progress is told of
 * there, and a signal heard. The steps are compiled once, and the state stays in the memory of the program.
 *
 * If `engine` is not given it is chosen by an estimate of what the steps take: WebAssembly, or for much matrix work ONNX Runtime, if
 * that is installed, with pauses every 100 ms or so.
 *
 * @param step must be a pure function, which draws random numbers from its key.
 * @param options the state to begin with, how many steps there are, what they are given, and how they run.
 * @returns the state after the last step that was done, what was collected, and how the run ended.
 * @throws DomainError, ShapeError and UnsupportedError as `loop` and `compile` do; UnsupportedError with `engine: 'onnx'` where there
 *   is no ONNX Runtime, or it lacks what steps do to the state or the memory for it; UnsupportedError with `worker` for steps
 *   that are not WebAssembly alone, and where no worker can be had; NonFiniteStateError, which is a NumericalError and holds
 *   the step and the state before it, for a state that is not finite where `finite` is set.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { key } from '@variate/core'
 * import { add, drawNormal, mul } from '@variate/core/ops'
 * import { runLoop } from '@variate/compile'
 *
 * // A random walk that is drawn to 0, whose variance is 1
 * const { outputs, termination } = await runLoop(
 *   (x, { key }) => {
 *     const next = add(mul(0.8, x), mul(0.6, drawNormal(key, [])))
 *     return { state: next, outputs: next }
 *   },
 *   { state: 0, count: 10_000, random: key(1), collect: { every: 10 }, precision: 'float64' },
 * )
 * termination.kind // => 'limit'
 * outputs.shape // => [1000]
 *
 * // This thread is free meanwhile
 * const half = await runLoop((x) => mul(0.5, x), { state: 8, count: 3, precision: 'float64', worker: true })
 * half.state.at() // => 1
 * ```
 */
export async function runLoop<State, Inputs = undefined, Each = undefined, Of extends Precision = 'float32'>(
  step: (state: Tensors<State>, context: StepContext<Inputs, Each>) => NextState<State>,
  options: RunLoopOptions<State, Inputs, Each, undefined, Of> & { readonly collect?: undefined },
): Promise<LoopRun<State, undefined, Of>>
export async function runLoop<
  State,
  Outputs,
  Inputs = undefined,
  Each = undefined,
  Of extends Precision = 'float32',
>(
  step: (state: Tensors<State>, context: StepContext<Inputs, Each>) => Made<State, Outputs>,
  options: RunLoopOptions<State, Inputs, Each, Outputs, Of> & { readonly collect: Collect },
): Promise<LoopRun<State, Outputs, Of>>
export async function runLoop(
  step: AnyStep,
  options: AnyRunOptions,
): Promise<LoopRun<unknown, unknown, Precision>> {
  checkRunOptions(options)
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
  const made = prepared(step, options)
  const loop = { ...made, program: made.program instanceof Promise ? await made.program : made.program }
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
