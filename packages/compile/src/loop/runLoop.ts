import type { Precision } from '../wasm/lanes.ts'
import type { Made, NextState } from './loop.ts'
import { NonFiniteStateError, nonFinite, type NonFinite } from './nonFinite.ts'
import type { AnyStep, Collect, StepContext, Tensors } from './options.ts'
import { Pace } from './pace.ts'
import { pause } from './pause.ts'
import { prepared, type Prepared } from './prepared.ts'
import type { Data } from './loopProgram.ts'
import { checkRunOptions, type AnyRunOptions, type LoopRun, type RunLoopOptions } from './runOptions.ts'

/**
 * A long loop, as `loop` has it, that runs by itself: the event loop has its turn about every 16 ms, progress is told of
 * there, and a signal heard. The steps are compiled once, and the state stays in the memory of the program.
 *
 * @param step must be a pure function, which draws random numbers from its key.
 * @param options the state to begin with, how many steps there are, what they are given, and how they run.
 * @returns the state after the last step that was done, what was collected, and how the run ended.
 * @throws DomainError, ShapeError and UnsupportedError as `loop` and `compile` do; NonFiniteStateError, which is a NumericalError and
 *   holds the step and the state before it, for a state that is not finite where `finite` is set.
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
  const { count, from = 0, precision = 'float32', onProgress, signal, finite = false } = options
  const isAborted = (): boolean => signal?.aborted ?? false
  const loop = prepared(step, options)
  const { program } = loop
  try {
    const pace = new Pace()
    let done = from
    let good = finite ? program.state() : []
    if (finite) checkFinite(loop, good, good, done)
    while (done < count && !isAborted()) {
      const to = Math.min(count, done + pace.steps)
      const start = performance.now()
      program.run(done, to)
      pace.took(to - done, performance.now() - start)
      if (finite) good = finiteState(loop, good, done, to)
      const outputs = onProgress && loop.outputs(done, to, 'float64')
      done = to
      await onProgress?.({ step: done, count, outputs: outputs as never })
      if (done < count) await pause()
    }
    return {
      state: loop.state(program.state(), precision) as never,
      outputs: loop.outputs(from, done, precision) as never,
      termination: done < count ? { kind: 'aborted', step: done } : { kind: 'limit' },
      explanation: program.explanation,
    }
  } finally {
    program.dispose()
  }
}

/** The state after steps, if it is finite; else they are gone again one by one, to the first that made it otherwise. */
function finiteState(loop: Prepared, before: readonly Data[], from: number, to: number): readonly Data[] {
  const { program, specs } = loop
  const after = program.state()
  if (!nonFinite(after, specs)) return after
  program.restore(before)
  let good = before
  for (let step = from; step < to; step++) {
    program.run(step, step + 1)
    const next = program.state()
    checkFinite(loop, next, good, step + 1)
    good = next
  }
  return good
}

/** @throws NonFiniteStateError unless a state is finite. */
function checkFinite(loop: Prepared, state: readonly Data[], good: readonly Data[], steps: number): void {
  const found: NonFinite | undefined = nonFinite(state, loop.specs)
  if (!found) return
  const leaf = loop.paths[found.leaf]!
  const what = `${leaf} is not finite ${steps > 0 ? `after step ${steps - 1}` : 'before the first step'}`
  const where = found.at.length > 0 ? ` at [${found.at}]` : ''
  const message = `runLoop: ${what}: got ${found.value}${where}`
  throw new NonFiniteStateError(message, steps - 1, leaf, loop.state(good, 'float64'))
}
