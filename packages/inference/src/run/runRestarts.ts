import { foldIn } from '@variate/core'
import type { Algorithm, Termination } from './algorithm.ts'
import { run, type RunOptions, type RunResult, type RunState } from './run.ts'

/** How one of several runs from different starts ended. */
export interface RestartOutcome {
  readonly score: number
  readonly steps: number
  readonly termination: Termination
  /** Why the result may not be kept, where it may not. */
  readonly rejected?: string
}

/** Where a series of runs stands: plain data, for a checkpoint. */
export interface RestartsState<State, Info> {
  /** The run under way. */
  readonly current?: RunState<State, Info>
  /** The best of the runs that ended. */
  readonly best?: RunResult<State, Info>
  /** The index of the best in `outcomes`. */
  readonly bestIndex?: number
  /** The runs that ended, in order. */
  readonly outcomes: readonly RestartOutcome[]
}

export interface RestartsOptions<State, Info> extends Omit<RunOptions<State, Info>, 'onProgress' | 'from'> {
  /** The number of runs; run r gets `foldIn(key, r)`. */
  restarts: number
  /** What the best run has most of. */
  score: (state: State) => number
  /** The reason why a run's result is to be kept only if no other can be; undefined for one that is sound. */
  reject?: ((state: State) => string | undefined) | undefined
  /** Called after every step of every run, and awaited where it returns a promise. */
  onProgress?: (restarts: RestartsState<State, Info>, info: Info) => unknown
  /** What an abort before the last run has ended does: return the best so far (default), or throw the signal's reason. */
  onAbort?: 'return' | 'throw' | undefined
  /** Go on from here. */
  from?: RestartsState<State, Info> | undefined
}

export interface RestartsResult<State, Info> {
  readonly best: RunResult<State, Info>
  readonly bestIndex: number
  readonly outcomes: readonly RestartOutcome[]
  /** Where the series stood when its last run ended, which is there as the one under way: to go on from. */
  readonly state: EndedRestarts<State, Info>
}

/** A series of runs of which none is under way: the last has ended, and is not weighed yet. */
export interface EndedRestarts<State, Info> extends RestartsState<State, Info> {
  readonly current?: RunResult<State, Info>
}

/**
 * Runs an algorithm from several starts and keeps the best: a run that was rejected or broke down is kept
 * only if there is no sound one. An abort ends the series with the best so far.
 *
 * @param algorithmOf the algorithm of each run, by its index: runs may differ in how they start.
 * @throws the signal's reason if it was aborted before the first run had begun, or where `onAbort` asks for it.
 */
export async function runRestarts<State, Info>(
  algorithmOf: (restart: number) => Algorithm<State, Info>,
  options: RestartsOptions<State, Info>,
): Promise<RestartsResult<State, Info>> {
  const { restarts, key, score, reject, onProgress, onAbort, from, ...runOptions } = options
  let series: RestartsState<State, Info> = from ?? { outcomes: [] }
  let state: EndedRestarts<State, Info> = withoutCurrent(series)
  while (series.outcomes.length < restarts) {
    const { current, outcomes } = series
    if (runOptions.signal?.aborted && current === undefined) break
    const ended = withoutCurrent(series)
    const result = await run(algorithmOf(outcomes.length), {
      ...runOptions,
      key: foldIn(key, outcomes.length),
      from: current,
      onProgress: (now, info) => onProgress?.({ current: now, ...ended }, info),
    })
    state = { current: result, ...ended }
    series = weighed(state, { score, reject })
    if (result.termination.kind === 'aborted') break
  }
  const { best, bestIndex, outcomes } = series
  const aborted = outcomes.length < restarts || outcomes.at(-1)!.termination.kind === 'aborted'
  if (aborted && onAbort === 'throw') throw options.signal?.reason
  if (best === undefined || bestIndex === undefined) throw options.signal?.reason
  return { best, bestIndex, outcomes, state }
}

/** A series of runs when the last has been compared with the best before it. */
export function weighed<State, Info>(
  series: EndedRestarts<State, Info>,
  { score, reject }: Pick<RestartsOptions<State, Info>, 'score' | 'reject'>,
): EndedRestarts<State, Info> {
  const { current, best, bestIndex, outcomes } = series
  if (current === undefined) return series
  const { termination, steps, state } = current
  const rejected = reject?.(state)
  const outcome = {
    score: score(state),
    steps,
    termination,
    ...(rejected === undefined ? {} : { rejected }),
  }
  const all = [...outcomes, outcome]
  return best === undefined || bestIndex === undefined || isBetter(outcome, outcomes[bestIndex]!)
    ? { best: current, bestIndex: outcomes.length, outcomes: all }
    : { best, bestIndex, outcomes: all }
}

function withoutCurrent<State, Info>({
  best,
  bestIndex,
  outcomes,
}: RestartsState<State, Info>): EndedRestarts<State, Info> {
  return best === undefined || bestIndex === undefined ? { outcomes } : { best, bestIndex, outcomes }
}

function isBetter(a: RestartOutcome, b: RestartOutcome): boolean {
  const order = soundness(a) - soundness(b) || a.score - b.score
  return order > 0
}

/** A sound result before a rejected one before one that broke down. */
function soundness({ termination, rejected }: RestartOutcome): number {
  if (termination.kind === 'diverged') return 0
  return rejected === undefined ? 2 : 1
}
