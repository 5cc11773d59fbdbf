import { DomainError } from '@variate/core'
import type { Precision } from '../wasm/lanes.ts'
import { goLoop } from './goLoop.ts'
import type { Made } from './loop.ts'
import type { AnyStep, Collect, StepContext, Tensors } from './options.ts'
import { prepared, type Ready } from './prepared.ts'
import { checkRunOptions, type AnyRunOptions, type LoopRun, type RunLoopOptions } from './runOptions.ts'

/** What a run of a prepared loop is given: all of the shapes that the loop was prepared with. */
export interface LoopAgain<State, Inputs, Each, Outputs, Of extends Precision> extends Pick<
  RunLoopOptions<State, Inputs, Each, Outputs>,
  'inputs' | 'each' | 'onProgress' | 'signal'
> {
  /** What the first step begins with, such as the state that the run before has given. */
  readonly state: State | LoopRun<State, Outputs, Of>['state']
  /** How many steps are gone: those of the loop, if not given, or fewer. */
  readonly count?: number
}

/** A loop that is compiled. */
export interface PreparedLoop<State, Inputs, Each, Outputs, Of extends Precision> {
  /**
   * Goes the steps once more. Data are read while it runs. There is one memory for all runs: those that are begun at the same time
   * follow each other, so that a listener of one must not wait for the next.
   *
   * @throws ShapeError for a state or data of other shapes, DomainError for a number of steps that the loop has not;
   *   NonFiniteStateError as `runLoop`.
   */
  run(again: LoopAgain<State, Inputs, Each, Outputs, Of>): Promise<LoopRun<State, Outputs, Of>>
}

/**
 * A loop of `runLoop` that is compiled once and run again and again, with another state and other data of the same shapes, such as
 * data that do not fit into memory and come in parts.
 *
 * @param step must be a pure function.
 * @param options as those of `runLoop`: the state and the data tell the shapes.
 * @throws as `runLoop` before its first step.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { add } from '@variate/core/ops'
 * import { prepareLoop } from '@variate/compile'
 *
 * // Sums of parts of two numbers
 * const part = (...of: [number, number]) => Float64Array.from(of)
 * const loop = prepareLoop(
 *   (total, { each }) => ({ state: add(total, each), outputs: each }),
 *   { state: 0, each: part(0, 0), count: 2, collect: { every: 1 }, precision: 'float64' },
 * )
 * const { state } = await loop.run({ state: 0, each: part(1, 2) })
 * const again = await loop.run({ state, each: part(3, 4) })
 * again.state.at() // => 10
 * await loop.run({ state: 0, each: Float64Array.of(1) }) // => throws 'each has shape [1], expected [2]'
 * ```
 */
export function prepareLoop<
  State,
  Outputs,
  Inputs = undefined,
  Each = undefined,
  Of extends Precision = 'float32',
>(
  step: (state: Tensors<State>, context: StepContext<Inputs, Each>) => Made<State, Outputs>,
  options: Omit<RunLoopOptions<State, Inputs, Each, Outputs, Of>, 'from' | 'worker' | 'stops' | 'onStop'> & {
    readonly collect: Collect
  },
): PreparedLoop<State, Inputs, Each, Outputs, Of> {
  const own = options as unknown as AnyRunOptions
  checkRunOptions(own)
  const made = prepared(step as AnyStep, own)
  // Whoever runs it waits for it.
  const program = Promise.resolve(made.program)
  program.catch(() => {})
  let last: Promise<unknown> = program
  return {
    run: async (again) => {
      const { count = own.count, ...given } = again as Omit<AnyRunOptions, 'count'> & {
        readonly count?: number
      }
      if (!Number.isInteger(count) || count < 0 || count > own.count)
        throw new DomainError(
          `prepareLoop: count must be a whole number from 0 to ${own.count}, got ${String(count)}`,
        )
      const { precision, finite, collect } = own
      const ready: Ready = { ...made, program: await program, inputs: made.inputsOf(given) }
      const go = (): Promise<unknown> =>
        goLoop(ready, { ...given, count, precision, finite, collect } as AnyRunOptions)
      const run = last.then(go, go)
      last = run
      return (await run) as never
    },
  }
}
