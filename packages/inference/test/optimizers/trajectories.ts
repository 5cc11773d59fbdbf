import * as tf from '@tensorflow/tfjs-core'
import { compile, runLoop, type Precision } from '@variate/compile'
import { ndarray } from '@variate/core'
import { concat, constant, reshape } from '@variate/core/ops'
import { applyUpdates, finalParams, type Optimizer } from '@variate/inference'
import oracle from './oracles/optimizers.json' with { type: 'json' }

/** What a fit would report after each step, one row of four numbers each. */
export type Trajectory = readonly (readonly number[])[]

interface Params {
  readonly [name: string]: tf.Tensor | readonly tf.Tensor[]
  readonly w: tf.Tensor
  readonly rest: readonly [tf.Tensor]
}

interface State {
  readonly params: Params
  readonly state: never
}

/** Of an optimiser of any state nothing is known. */
type Untyped = (...args: readonly unknown[]) => unknown

const steps = oracle.gradients.length

/** The fixed gradients, of which some are not finite for the optimiser that skips them. */
export const gradientsFor = (name: string): Trajectory =>
  oracle.gradients.map((row, t) =>
    row.map((g, i) => (name === 'skipNonFinite' && i === 1 && oracle.bad.includes(t) ? NaN : g)),
  )

/** One step of any optimiser, on gradients of the same structure as the parameters. */
function stepOf(optimizer: Optimizer, grads: Params, params: Params, state: never) {
  const next = optimizer.update(grads, state, params)
  const moved = applyUpdates(params, next.updates)
  return { params: moved, state: next.state as never, reported: finalParams(optimizer, moved, next.state) }
}

const flat = ({ w, rest }: Params): tf.Tensor => concat([w, reshape(rest[0], [1])], 0)

/** In one compiled loop. */
export async function compiled(
  optimizer: Optimizer,
  gradients: Trajectory,
  precision: Precision,
): Promise<Trajectory> {
  const start = {
    w: ndarray(Float64Array.from(oracle.start.slice(0, 3)), [3]),
    rest: [ndarray(Float64Array.of(oracle.start[3]!), [])],
  }
  const init = compile(((params: Params) => optimizer.init(params)) as never, { precision }) as Untyped
  const step = (now: State, { each }: { readonly each: Params }): unknown => {
    const { params, state, reported } = stepOf(optimizer, each, now.params, now.state)
    return { state: { params, state }, outputs: flat(reported) }
  }
  const run = (await (runLoop as Untyped)(step, {
    state: { params: start, state: init(start) },
    each: {
      w: ndarray(Float64Array.from(gradients.flatMap((row) => row.slice(0, 3))), [steps, 3]),
      rest: [Float64Array.from(gradients, (row) => row[3]!)],
    },
    count: steps,
    collect: { every: 1 },
    precision,
  })) as { readonly outputs: tf.Tensor | { readonly data: Float64Array } }
  const { outputs } = run
  const data = outputs instanceof tf.Tensor ? outputs.dataSync() : outputs.data
  return gradients.map((_, t) => Array.from(data.subarray(4 * t, 4 * t + 4)))
}

/** Step by step, in single precision. */
export function eager(optimizer: Optimizer, gradients: Trajectory): Trajectory {
  return tf.tidy(() => {
    let params: Params = { w: constant(oracle.start.slice(0, 3)), rest: [constant(oracle.start[3]!)] }
    let state = optimizer.init(params) as never
    return gradients.map((row) => {
      const grads = { w: constant(row.slice(0, 3)), rest: [constant(row[3]!)] } as Params
      const step = stepOf(optimizer, grads, params, state)
      ;({ params, state } = step)
      return [...flat(step.reported).dataSync()]
    })
  })
}

/** The largest difference, in units of the size of what is expected where that is above 1. */
export function farthest(got: Trajectory, expected: Trajectory): number {
  const gaps = expected.flatMap((row, t) =>
    row.map((x, i) => Math.abs(got[t]![i]! - x) / Math.max(1, Math.abs(x))),
  )
  return gaps.some(Number.isNaN) ? NaN : Math.max(...gaps)
}
