import type { Tensor } from '@tensorflow/tfjs-core'
import { NonFiniteStateError, prepareLoop, type PreparedLoop } from '@variate/compile'
import { foldIn, NdArray, type Key } from '@variate/core'
import { foldInKey } from '@variate/core/ops'
import type { Climb, ClimbOptions, ClimbState } from '../../bbvi/climbState.ts'
import { stepOf, type Carried } from '../../bbvi/climbStep.ts'
import type { Seen, Setting } from '../../bbvi/problemOf.ts'
import { takenOut } from '../../bbvi/takenOut.ts'
import { wordsOf } from '../../monteCarlo/parts.ts'
import { orAborted } from './orAborted.ts'
import { ofSteps, type Rows, type StepSource } from './stepSource.ts'

export interface StreamedClimb extends Omit<Climb, 'history'> {
  /** The examples of the step that failed. */
  readonly failed?: Rows
  /** Why streams cannot be closed. */
  readonly unclosed?: readonly string[]
}

export interface StreamedSteps {
  readonly source: StepSource
  /** How many examples a step takes, and how many steps are gone by one part of the stream at most. */
  readonly batch: number
  readonly most: number
  /** What all steps see: values of the model that are not of single examples. */
  readonly given: Setting['model']['values']
  /** How many steps were done before. */
  readonly from: number
}

/** What steps carry. */
type Steps = Omit<ClimbState, 'best'>

interface Context {
  readonly inputs: { readonly base: Tensor; readonly given: Seen['data'] }
  readonly each: { readonly step: Tensor; readonly data: Seen['data'] }
}

/**
 * The ascent of `climb`, of examples that come while it goes on: its steps are compiled once, and go by parts of the stream. While
 * those of one part are gone, the next is read. The same examples in the same order give the same, in whatever parts they come.
 *
 * @param setting with as many examples as each pass gives.
 * @throws what the stream and who listens throw; then the source is not closed.
 */
export async function climbStream(
  setting: Setting,
  start: ClimbState,
  options: ClimbOptions,
  key: Key,
  own: StreamedSteps,
): Promise<StreamedClimb> {
  const climbed = await goStream(setting, start, options, key, own)
  return { ...climbed, unclosed: await own.source.close(options.signal) }
}

async function goStream(
  setting: Setting,
  start: ClimbState,
  options: ClimbOptions,
  key: Key,
  { source, batch, most, given, from }: StreamedSteps,
): Promise<StreamedClimb> {
  const { steps, stops = [], onStop, onOutputs, onProgress, signal } = options
  const base = foldIn(foldIn(key, 0), 0)
  const inputs = { base: wordsOf(base), given }
  /** How many steps are gone from one on, before the next stop. */
  const countFrom = (done: number): number =>
    Math.min(most, steps - done, (stops.find((stop) => stop > done) ?? Infinity) - done)
  const read = (done: number): Promise<Rows> => source.take(countFrom(done) * batch)
  // Convergence is not watched: what steps carry has no best parameters.
  const { best, ...carried } = start
  const whole = (now: Steps): ClimbState => ({ ...now, best })
  let state: Steps = carried
  let done = from
  let loop: PreparedLoop<Steps, never, never, never, 'float32'> | undefined
  for (let next = done < steps ? read(done) : undefined; next;) {
    const rows = await orAborted(next, signal)
    if (!rows) return { state: whole(state), termination: { kind: 'aborted', step: done } }
    const [first, count] = [done, countFrom(done)]
    next = first + count < steps ? read(first + count) : undefined
    // It is waited for when these steps are gone.
    next?.catch(() => {})
    const each = { step: numbersFrom(first, most), data: ofSteps(rows, batch, most) }
    loop ??= stepsOf(setting, state, options, { inputs, each, most })
    try {
      const run = await loop.run({
        state,
        inputs: inputs as never,
        each: each as never,
        count,
        signal,
        onProgress: ({ outputs }) => {
          onOutputs?.(outputs)
          const { objective } = outputs as unknown as { readonly objective: NdArray<Float64Array> }
          done += objective.data.length
          return onProgress?.({ step: done, steps, objective: objective.data.at(-1)! })
        },
      })
      state = (takenOut({ state: run.state, outputs: run.outputs }) as { readonly state: Steps }).state
      if (run.termination.kind === 'aborted')
        return { state: whole(state), termination: { kind: 'aborted', step: done } }
    } catch (error) {
      if (!(error instanceof NonFiniteStateError)) throw error
      return failedIn(error, whole(error.state as Steps), first, base, rowsOfStep(rows, error.step, batch))
    }
    if (stops.includes(done) && (await onStop?.(done, whole(state))) === true)
      return { state: whole(state), termination: { kind: 'converged' } }
  }
  return { state: whole(state), termination: { kind: 'limit' } }
}

/** The steps of a part, compiled. */
function stepsOf(
  setting: Setting,
  state: Steps,
  options: ClimbOptions,
  { inputs, each, most }: { readonly inputs: object; readonly each: object; readonly most: number },
): PreparedLoop<Steps, never, never, never, 'float32'> {
  const { precision, engine, reproducible } = options
  const step = stepOf(setting, options)
  const own = (now: Carried, { inputs: { base, given }, each: { step: at, data } }: Context): unknown =>
    step(now, foldInKey(base, at) as Tensor, { data: { ...given, ...data }, present: {}, rows: {} })
  return prepareLoop(
    own as never,
    {
      state,
      count: most,
      inputs,
      each,
      collect: { every: 1 },
      precision,
      ...(engine ? { engine } : {}),
      reproducible,
      finite: true,
    } as never,
  )
}

function failedIn(
  error: NonFiniteStateError,
  state: ClimbState,
  first: number,
  key: Key,
  failed: Rows,
): StreamedClimb {
  const step = first + error.step
  const failure = {
    error: new NonFiniteStateError(error.message, step, error.leaf, state),
    key,
    params: state.params,
  }
  return { state, termination: { kind: 'diverged', step, failure }, failed }
}

function numbersFrom(first: number, count: number): NdArray {
  return new NdArray(
    Int32Array.from({ length: count }, (_, i) => first + i),
    [count],
  )
}

function rowsOfStep(rows: Rows, step: number, batch: number): Rows {
  return Object.fromEntries(
    Object.entries(rows).map(([name, { data, shape }]) => {
      const size = (data.length / shape[0]!) * batch
      const own = (data as Float64Array).slice(step * size, (step + 1) * size)
      return [name, new NdArray(own, [batch, ...shape.slice(1)])]
    }),
  )
}
