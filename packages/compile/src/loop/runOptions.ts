import { DomainError, UnsupportedError } from '@variate/core'
import type { Returned } from '../compiled/compile.ts'
import type { Explanation } from '../compiled/explain.ts'
import type { ProgramOptions } from '../compiled/programOptions.ts'
import type { Precision } from '../wasm/lanes.ts'
import type { WebWorker } from '../engine/threads/workers/webThread.ts'
import { checkOptions, type Computed, type LoopOptions } from './options.ts'

/** Plain data for each tensor. */
export type Plain<Data> = Returned<Computed<Data>, 'float64'>

export interface RunLoopOptions<
  State,
  Inputs = undefined,
  Each = undefined,
  Outputs = undefined,
  Of extends Precision = 'float32',
>
  extends LoopOptions<State, Inputs, Each>, ProgramOptions<Of> {
  /** How many steps were done before, which made `state`: 0 if not given. A run goes on exactly as if it had not stopped. */
  readonly from?: number
  /** Called some sixty times a second, and awaited where it returns a promise. */
  readonly onProgress?: (progress: LoopProgress<Outputs>) => unknown
  /** Ends the run after the steps that are under way. */
  readonly signal?: AbortSignal | undefined
  /**
   * Whether the state must be finite: it is looked at where the run pauses, and where it is not the first step that made
   * it so is found.
   */
  readonly finite?: boolean
  /**
   * The name of an output, a number or a truth value of each step: the run ends with the first step in which it is not 0, wherever
   * the run pauses. `collect.every` must be 1.
   */
  readonly until?: keyof Outputs & string
  /** After which steps the run stops for `onStop`: how many are done then, rising. Not with `worker`. */
  readonly stops?: readonly number[] | undefined
  /** Is told of the state at each stop, and awaited; `true` ends the run there. */
  readonly onStop?: ((stop: LoopStop<State>) => unknown) | undefined
  /**
   * Whether the steps are gone in a worker, which is started for the run and ended with it: this thread then traces and
   * compiles them, and is free. Results are the same bits. The program must be WebAssembly alone (`engine` not 'eager',
   * `explanation.called` empty). In browsers a Content Security Policy must allow `worker-src blob:` for `true`; a function
   * makes a new worker of a file that calls `serveLoops`.
   */
  readonly worker?: boolean | (() => WebWorker)
}

export interface LoopProgress<Outputs> {
  /** How many steps are done, of how many. */
  readonly step: number
  readonly count: number
  /** What was collected since the last report, one row behind the other. */
  readonly outputs: Plain<Outputs>
}

/** Where a run has stopped. */
export interface LoopStop<State> {
  /** How many steps are done. */
  readonly step: number
  readonly state: Plain<State>
}

/** What a run gives: all it has collected, and how it ended; where it was aborted, after how many steps. */
export interface LoopRun<State, Outputs, Of extends Precision> {
  readonly state: Returned<Computed<State>, Of>
  readonly outputs: Returned<Computed<Outputs>, Of>
  readonly termination:
    | { readonly kind: 'limit' }
    /** By `until`, or by `onStop`. */
    | { readonly kind: 'ended'; readonly step: number }
    | { readonly kind: 'aborted'; readonly step: number }
  readonly explanation: Explanation
}

export type AnyRunOptions = RunLoopOptions<unknown, unknown, unknown, never, Precision>

/**
 * @throws DomainError as for a loop, unless `from` is a number of steps, for `until` without an output of each step, and for stops
 *   that do not rise within the steps; UnsupportedError for stops in a worker.
 */
export function checkRunOptions(options: AnyRunOptions): void {
  checkOptions(options, 'runLoop')
  const { from = 0, count, until, collect, stops = [], worker } = options
  const lost = stops.findIndex(
    (stop, i) => !(Number.isInteger(stop) && stop > (stops[i - 1] ?? 0) && stop <= count),
  )
  if (lost >= 0) {
    throw new DomainError(
      `runLoop: stops must be whole numbers that rise, from 1 to count = ${count}, got ${String(stops[lost])} at [${lost}]`,
    )
  }
  if (stops.length > 0 && worker)
    throw new UnsupportedError('runLoop: a worker does not stop between steps: leave worker or stops out')
  if (until !== undefined && collect?.every !== 1) {
    const got = collect ? `collect.every = ${collect.every}` : 'no collect'
    throw new DomainError(`runLoop: until needs an output of every step, collect: { every: 1 }, got ${got}`)
  }
  if (Number.isInteger(from) && from >= 0 && from <= count) return
  throw new DomainError(
    `runLoop: from must be a whole number from 0 to count = ${count}, got ${String(from)}`,
  )
}
