import { engine } from '@tensorflow/tfjs-core'
import { UnsupportedError } from '@variate/core'
import { compile } from '../compiled/compile.ts'
import { currentTrace } from '../trace/trace.ts'
import {
  checkOptions,
  partsOf,
  type AnyOptions,
  type AnyStep,
  type Collect,
  type Computed,
  type LoopOptions,
  type LoopResult,
  type StepContext,
  type Tensors,
} from './options.ts'
import { recordLoop } from './recordLoop.ts'
import { writtenOut } from './writtenOut.ts'

/**
 * So many steps on a state within compiled code: `step(state, { index, key, inputs, each })` returns the next state or,
 * with `collect`, `{ state, outputs }`; outputs of steps k − 1, 2k − 1, … are kept, for k = `collect.every`, and returned
 * stacked along a new first axis. Steps are traced once; the state must keep its structure, shapes and types.
 *
 * In a function that is compiled it is one operation, which gradients of `grad` and `valueAndGrad` pass through; elsewhere
 * it is compiled and run in float32. Where TensorFlow.js takes a gradient the steps are taken one by one.
 *
 * @param step must be a pure function, which draws random numbers from its key.
 * @param options the state to begin with, how many steps there are, and what they are given.
 * @throws DomainError for a count that is no whole number ≥ 0, or collect.every < 1, or if a step reads the key of a loop
 *   that has none; ShapeError for a step that changes the structure, a shape or a type of the state, and for fewer rows in
 *   `each` than steps; UnsupportedError for a step that reads a value, and in a gradient that TensorFlow.js takes of a
 *   function that is traced.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import * as tf from '@tensorflow/tfjs-core'
 * import { compile, loop } from '@variate/compile'
 *
 * // Newton's iteration for √a
 * const root = compile((a: tf.Tensor) =>
 *   loop((x) => ({ state: tf.mul(0.5, tf.add(x, tf.div(a, x))), outputs: x }), {
 *     state: tf.onesLike(a),
 *     count: 6,
 *     collect: { every: 3 },
 *   }),
 * )
 * const { state, outputs } = root(tf.tensor1d([9, 2]))
 * state.arraySync() // => [3, 1.4142135]
 * outputs.shape // => [2, 2]
 * ```
 */
export function loop<State, Inputs = undefined, Each = undefined>(
  step: (state: Tensors<State>, context: StepContext<Inputs, Each>) => NextState<State>,
  options: LoopOptions<State, Inputs, Each> & { readonly collect?: undefined },
): LoopResult<State>
export function loop<State, Outputs, Inputs = undefined, Each = undefined>(
  step: (state: Tensors<State>, context: StepContext<Inputs, Each>) => Made<State, Outputs>,
  options: LoopOptions<State, Inputs, Each> & { readonly collect: Collect },
): LoopResult<State, Outputs>
export function loop(step: AnyStep, options: AnyOptions): LoopResult<unknown, unknown> {
  checkOptions(options, 'loop')
  const trace = currentTrace()
  const isTaped = engine().isTapeOn()
  if (isTaped && !trace) return writtenOut(step, options)
  if (isTaped) {
    throw new UnsupportedError(
      'loop: TensorFlow.js takes a gradient in a function that is traced, which cannot pass through a loop: ' +
        'use grad of @variate/compile',
    )
  }
  if (!trace) {
    const parts = partsOf([options.state, options.inputs, options.each], 'options')
    const run = compile((data: typeof parts.leaves) => {
      const [state, inputs, each] = parts.rebuild(data) as readonly unknown[]
      return loop(step as never, { ...options, state, inputs, each } as never)
    })
    return run(parts.leaves as never) as LoopResult<unknown, unknown>
  }
  const { state, outputs, results } = recordLoop(trace, step, options, 'loop')
  const tensors = results.map((node) => trace.tensorOf(node))
  const count = state.leaves.length
  return {
    state: state.rebuild(tensors.slice(0, count)),
    outputs: outputs.rebuild(tensors.slice(count)),
  }
}

/** What a step returns for the state: a tensor or an array for each array and number of it. */
export type NextState<State> = Computed<State>
/** What a step returns where outputs are collected. */
export interface Made<State, Outputs> {
  readonly state: NextState<State>
  readonly outputs: Outputs
}
