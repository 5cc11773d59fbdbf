import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, NonFiniteStateError, runLoop } from '@variate/compile'
import { foldIn, NdArray, type Key } from '@variate/core'
import type { TensorTree } from '@variate/core/internal'
import type { ParamArrays } from '@variate/families'
import type { Climb, ClimbOptions, ClimbParams, ClimbState } from './climbState.ts'
import { stepOf, type Carried } from './climbStep.ts'
import { sourcesOf } from './drawnData.ts'
import { halves } from './localAscent.ts'
import { structureOf, type Seen, type Setting } from './problemOf.ts'
import { sharedGradient } from './sharedParams.ts'
import { stepsAtOnce, subsetsBetween } from './subsets.ts'
import { takenOut } from './takenOut.ts'
import { CONVERGED, RUNNING, watchStart } from './watch.ts'

/** The state before the first step. */
export function startOf(
  setting: Setting,
  { estimator, optimizer, taken, localSteps }: ClimbOptions,
  key: Key,
  who: string,
): ClimbState {
  const { theta, variational } = setting
  const params = { model: theta.init(foldIn(key, 0)), guide: variational.init(foldIn(key, 1)) }
  const begun = compile(
    (tree: TensorTree) => ({ optimizer: optimizer.init(tree), watched: watchStart() }) as never,
    { precision: 'float64' },
  ) as unknown as (tree: ClimbParams) => Pick<ClimbState, 'optimizer' | 'watched'>
  const { shared } = halves(variational, params, { localSteps, taken })
  const { optimizer: begins, watched } = begun(shared)
  return {
    params,
    optimizer: begins,
    estimator: sharedGradient(estimator, variational).init(structureOf(setting, taken), who) as ParamArrays,
    objective: new NdArray(Float64Array.of(0), []),
    watched,
    best: params,
  }
}

/**
 * Stochastic ascent: each step takes an estimate of the objective's gradient in the parameters of the model and of q, and moves both
 * by what the optimiser makes of it. All steps are one compiled loop.
 *
 * @param from how many steps were done before, which made `start`, and what they told.
 */
export async function climb(
  setting: Setting,
  start: ClimbState,
  options: ClimbOptions,
  key: Key,
  from: Float64Array = new Float64Array(),
): Promise<Climb> {
  const { steps, taken, convergence, rowsBetween = subsetsBetween } = options
  const history = [from]
  const atOnce = stepsAtOnce(taken)
  let done = from.length
  let state = start
  const end = convergence ? start.watched.end.at() : RUNNING
  if (end === CONVERGED) return { state, history: from, termination: { kind: 'converged' } }
  if (end !== RUNNING) return { state, history: from, termination: { kind: 'diverged', step: done - 1 } }
  while (done < steps) {
    const part = Math.floor(done / atOnce)
    const first = Number.isFinite(atOnce) ? part * atOnce : 0
    const count = Math.min(steps - first, atOnce)
    const rows = Object.fromEntries(
      [...taken].map(([plate, own], at) => {
        const between = { key: foldIn(foldIn(key, 1), at), from: first, to: first + count }
        return [plate, rowsBetween(setting.model.sizes.get(plate)!, own, between)]
      }),
    )
    const run = await runPart(setting, state, options, {
      key: foldIn(foldIn(key, 0), part),
      rows,
      first,
      count,
      done: done - first,
      history,
    })
    state = run.state
    if (run.termination.kind !== 'limit')
      return { state, history: joined(history), termination: run.termination }
    done = first + count
  }
  return { state, history: joined(history), termination: { kind: 'limit' } }
}

interface Part {
  readonly key: Key
  readonly rows: Readonly<Record<string, NdArray<Int32Array>>>
  /** The number of its first step, how many it has, and how many of these are done. */
  readonly first: number
  readonly count: number
  readonly done: number
  readonly history: Float64Array[]
}

/** Steps that go by one list of mini-batches. */
async function runPart(
  setting: Setting,
  start: ClimbState,
  options: ClimbOptions,
  { key, rows, first, count, done, history }: Part,
): Promise<Pick<Climb, 'state' | 'termination'>> {
  const { steps, precision, engine, reproducible, worker, onProgress, signal } = options
  const { stops = [], onStop, onOutputs } = options
  const { model } = setting
  const step = stepOf(setting, options)
  const { best, ...carried } = start
  const whole = (state: object): ClimbState =>
    (options.convergence ? state : { ...state, best }) as ClimbState
  let at = first + done
  try {
    const run = (await runLoop(
      ((
        now: Carried,
        { key: own, inputs, each }: { key: Tensor; inputs: Omit<Seen, 'rows'>; each: Seen['rows'] },
      ) => step(now, own, { ...inputs, rows: each })) as never,
      {
        state: (options.convergence ? start : carried) as never,
        count,
        from: done,
        inputs: { data: sourcesOf(setting), present: model.present } as never,
        each: rows as never,
        random: key,
        collect: { every: 1 },
        ...(options.convergence ? { until: 'end' } : {}),
        precision,
        ...(engine ? { engine } : {}),
        reproducible,
        ...(worker ? { worker } : {}),
        finite: true,
        signal,
        stops: stops.filter((stop) => stop > first && stop <= first + count).map((stop) => stop - first),
        onStop: (stop) => onStop?.(first + stop.step, whole(stop.state)),
        onProgress: ({ outputs }) => {
          onOutputs?.(outputs as unknown as Readonly<Record<string, NdArray<Float64Array>>>)
          const { objective } = outputs as unknown as { readonly objective: NdArray<Float64Array> }
          history.push(objective.data)
          at += objective.data.length
          return onProgress?.({ step: at, steps, objective: objective.data.at(-1)! })
        },
      },
    )) as unknown as {
      readonly state: object
      readonly outputs: object
      readonly termination: { kind: string }
    }
    // In float32 what a run gives is tensors.
    const taken = takenOut({ state: run.state, outputs: run.outputs }) as { readonly state: object }
    const state = whole(taken.state)
    if (run.termination.kind === 'ended') {
      if (!options.convergence || state.watched.end.at() === CONVERGED)
        return { state, termination: { kind: 'converged' } }
      return { state: { ...state, params: state.best }, termination: { kind: 'diverged', step: at - 1 } }
    }
    const isAborted = run.termination.kind === 'aborted'
    return { state, termination: isAborted ? { kind: 'aborted', step: at } : { kind: 'limit' } }
  } catch (error) {
    if (!(error instanceof NonFiniteStateError)) throw error
    const state = whole(error.state as object)
    const failure = { error, key, params: state.params }
    const termination = { kind: 'diverged', step: first + error.step, failure } as const
    return { state: options.convergence ? { ...state, params: state.best } : state, termination }
  }
}

function joined(parts: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(parts.reduce((total, { length }) => total + length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
