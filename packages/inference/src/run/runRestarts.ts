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
  const outcomes = [...(from?.outcomes ?? [])]
  let best = from?.best
  let bestIndex = from?.bestIndex
  let current = from?.current

  while (outcomes.length < restarts) {
    if (runOptions.signal?.aborted && current === undefined) break
    const result = await run(algorithmOf(outcomes.length), {
      ...runOptions,
      key: foldIn(key, outcomes.length),
      from: current,
      onProgress: (state, info) => onProgress?.(snapshot(state, best, bestIndex, outcomes), info),
    })
    current = undefined
    const { termination, steps } = result
    const rejected = reject?.(result.state)
    const outcome = {
      score: score(result.state),
      steps,
      termination,
      ...(rejected === undefined ? {} : { rejected }),
    }
    if (bestIndex === undefined || isBetter(outcome, outcomes[bestIndex]!))
      [best, bestIndex] = [result, outcomes.length]
    outcomes.push(outcome)
    if (termination.kind === 'aborted') break
  }
  const aborted = outcomes.length < restarts || outcomes.at(-1)!.termination.kind === 'aborted'
  if (aborted && onAbort === 'throw') throw options.signal?.reason
  if (best === undefined || bestIndex === undefined) throw options.signal?.reason
  return { best, bestIndex, outcomes }
}

function snapshot<State, Info>(
  current: RunState<State, Info>,
  best: RunResult<State, Info> | undefined,
  bestIndex: number | undefined,
  outcomes: readonly RestartOutcome[],
): RestartsState<State, Info> {
  const kept = best === undefined || bestIndex === undefined ? {} : { best, bestIndex }
  return { current, ...kept, outcomes: [...outcomes] }
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
