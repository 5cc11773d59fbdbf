import type { Precision } from '../wasm/lanes.ts'
import { goLoop } from './goLoop.ts'
import type { Made, NextState } from './loop.ts'
import type { AnyStep, Collect, StepContext, Tensors } from './options.ts'
import { prepared } from './prepared.ts'
import { checkRunOptions, type AnyRunOptions, type LoopRun, type RunLoopOptions } from './runOptions.ts'

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
  const made = prepared(step, options)
  const program = made.program instanceof Promise ? await made.program : made.program
  return goLoop({ ...made, program }, options)
}
