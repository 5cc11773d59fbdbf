import { foldIn, type Key } from '@variate/core'
import type { Algorithm, Termination } from './algorithm.ts'
import { pause } from './pause.ts'

/** Where a run stands after a number of steps: all that is needed to go on from there exactly. */
export interface RunState<State, Info> {
  /** Steps done. */
  readonly steps: number
  readonly state: State
  /** What each step told, oldest first. */
  readonly history: readonly Info[]
}

export interface RunOptions<State, Info> {
  /** Step i gets `foldIn(key, i)`. */
  key: Key
  /** Steps to do at most, those before a resume included. */
  maxSteps: number
  /** Whether the last step's info says that the run is done. */
  converged?: (info: Info) => boolean
  /** The site that broke down in the last step, if one did: the run then ends with the state before it. */
  diverged?: (info: Info) => string | undefined
  /** Called after every step, and awaited where it returns a promise; slow work here slows the run. */
  onProgress?: (run: RunState<State, Info>, info: Info) => unknown
  /** Ends the run after the step under way. */
  signal?: AbortSignal | undefined
  /** Go on from here instead of `init`. */
  from?: RunState<State, Info> | undefined
}

export interface RunResult<State, Info> extends RunState<State, Info> {
  readonly termination: Termination
}

/** Longest time in milliseconds before the event loop gets its turn, so that a page stays alive and a signal is heard. */
const TURN = 16

/**
 * Runs any algorithm: steps until it converges, diverges, is aborted or has done `maxSteps`, giving way to
 * the event loop between steps. A run that goes on from a state gives what the unbroken run would have given.
 */
export async function run<State, Info>(
  algorithm: Algorithm<State, Info>,
  options: RunOptions<State, Info>,
): Promise<RunResult<State, Info>> {
  const { key, maxSteps, converged, diverged, onProgress, signal, from } = options
  let state = from?.state ?? algorithm.init(key)
  let steps = from?.steps ?? 0
  const history = [...(from?.history ?? [])]
  const end = (termination: Termination): RunResult<State, Info> => ({ steps, state, history, termination })

  // A run that goes on may have been stored after its last step.
  const isDone = (): boolean => history.length > 0 && (converged?.(history.at(-1)!) ?? false)
  let turn = performance.now()
  while (!isDone()) {
    if (steps >= maxSteps) return end({ kind: 'limit' })
    if (performance.now() - turn > TURN) {
      await pause()
      turn = performance.now()
    }
    if (signal?.aborted) return end({ kind: 'aborted', step: steps })
    const [next, info] = algorithm.step(foldIn(key, steps), state)
    const site = diverged?.(info)
    if (site !== undefined) return end({ kind: 'diverged', site, step: steps + 1 })
    state = next
    steps++
    history.push(info)
    const reported = onProgress?.(snapshot(steps, state, history), info)
    if (isPromise(reported)) await reported
  }
  return end({ kind: 'converged' })
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && 'then' in value
}

/** A run's state after so many steps, also when the run has gone on since: its history is cut off when it is read. */
function snapshot<State, Info>(steps: number, state: State, history: readonly Info[]): RunState<State, Info> {
  return {
    steps,
    state,
    get history() {
      return history.slice(0, steps)
    },
  }
}
