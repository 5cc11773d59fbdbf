import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, NonFiniteStateError, runLoop, type Engine, type WebWorker } from '@variate/compile'
import { foldIn, NdArray, type Key } from '@variate/core'
import { fill, foldInKey, greater, isFinite, neg, where } from '@variate/core/ops'
import type { Estimator, ObjectiveParameters, Tree } from '@variate/estimators'
import type { ParamArrays, ParamTree } from '@variate/families'
import { applyUpdates, type Optimizer } from '../optimizers/optimizer.ts'
import { leavesOf, withLeaves, type TensorTree } from '../optimizers/tensorTree.ts'
import { chosenOf, halves, isLocal, localAscent } from './localAscent.ts'
import { problemOf, structureOf, type Seen, type Setting } from './problemOf.ts'
import { takenOut } from './takenOut.ts'
import { putBack, takenRows } from './takenRows.ts'
import { stepsAtOnce, subsetsBetween } from './subsets.ts'
import { COLLAPSED, CONVERGED, watch, watchStart, type ConvergenceOptions, type Watched } from './watch.ts'

export interface ClimbParams {
  readonly model: ParamArrays
  readonly guide: ParamArrays
}

/** What steps change: plain data, from which an ascent goes on exactly. */
export interface ClimbState {
  readonly params: ClimbParams
  readonly optimizer: ParamArrays
  readonly estimator: ParamArrays
  /** The last estimate of the objective. */
  readonly objective: NdArray<Float64Array>
  /** What tells whether it has converged. */
  readonly watched: Readonly<Record<keyof Watched, NdArray<Float64Array>>>
  /** The parameters after the best window. */
  readonly best: ClimbParams
}

export interface ClimbProgress {
  /** How many steps are done, of how many. */
  readonly step: number
  readonly steps: number
  /** The last estimate of the objective, in nats. */
  readonly objective: number
}

export interface ClimbOptions {
  readonly estimator: Estimator
  readonly optimizer: Optimizer
  readonly steps: number
  /** Of plates how many elements a step takes. */
  readonly taken: ReadonlyMap<string, number>
  /** How many steps local parameters take before each step of the others; with 0 all go together. */
  readonly localSteps: number
  readonly convergence: Required<ConvergenceOptions> | undefined
  readonly precision: 'float32' | 'float64'
  readonly engine: Engine | undefined
  readonly reproducible: boolean
  readonly worker?: boolean | (() => WebWorker) | undefined
  readonly onProgress?: ((progress: ClimbProgress) => unknown) | undefined
  readonly signal?: AbortSignal | undefined
}

/** What is not finite after a step, the key that its draws came from, and the parameters before it. */
export interface Failure {
  readonly error: NonFiniteStateError
  readonly key: Key
  readonly params: ClimbParams
}

/** How an ascent ended: `failure` says what is not finite, unless it is the objective that has fallen. */
export interface Climb {
  readonly state: ClimbState
  /** The estimate of the objective in each step. */
  readonly history: Float64Array
  readonly termination:
    | { readonly kind: 'converged' | 'limit' }
    | { readonly kind: 'aborted'; readonly step: number }
    | { readonly kind: 'diverged'; readonly step: number; readonly failure?: Failure }
}

/** What a step carries, as tensors. */
interface Carried {
  readonly params: TensorTree
  readonly optimizer: TensorTree
  readonly estimator: TensorTree
  readonly objective: Tensor
  readonly watched: Watched & TensorTree
  readonly best: TensorTree
}

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
    estimator: estimator.init(structureOf(setting, taken), who) as ParamArrays,
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
  const { steps, taken, convergence } = options
  const history = [from]
  const atOnce = stepsAtOnce(taken)
  let done = from.length
  let state = start
  if (convergence && start.watched.end.at() === CONVERGED)
    return { state, history: from, termination: { kind: 'converged' } }
  while (done < steps) {
    const part = Math.floor(done / atOnce)
    const first = Number.isFinite(atOnce) ? part * atOnce : 0
    const count = Math.min(steps - first, atOnce)
    const rows = Object.fromEntries(
      [...taken].map(([plate, own], at) => {
        const between = { key: foldIn(foldIn(key, 1), at), from: first, to: first + count }
        return [plate, subsetsBetween(setting.model.sizes.get(plate)!, own, between)]
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
  const { model } = setting
  const ended = new AbortController()
  const step = stepOf(setting, options)
  let at = first + done
  let end = 0
  try {
    const run = (await runLoop(
      ((
        now: Carried,
        { key: own, inputs, each }: { key: Tensor; inputs: Omit<Seen, 'rows'>; each: Seen['rows'] },
      ) => step(now, own, { ...inputs, rows: each })) as never,
      {
        state: start as never,
        count,
        from: done,
        inputs: { data: model.values, present: model.present } as never,
        each: rows as never,
        random: key,
        collect: { every: 1 },
        precision,
        ...(engine ? { engine } : {}),
        reproducible,
        ...(worker ? { worker } : {}),
        finite: true,
        signal: signal ? AbortSignal.any([signal, ended.signal]) : ended.signal,
        onProgress: ({ outputs }) => {
          const { objective, end: ends } = outputs as unknown as Readonly<
            Record<string, NdArray<Float64Array>>
          >
          const last = ends!.data.findIndex((is) => is !== 0)
          // Where it has ended in a step, all that come after change nothing.
          const own = objective!.data.slice(0, last < 0 ? undefined : last + 1)
          history.push(own)
          at += own.length
          if (last >= 0) {
            end = ends!.data[last]!
            ended.abort()
          }
          return onProgress?.({ step: at, steps, objective: own.at(-1)! })
        },
      },
    )) as unknown as {
      readonly state: object
      readonly outputs: object
      readonly termination: { kind: string }
    }
    // In float32 what a run gives is tensors.
    const { state } = takenOut({ state: run.state, outputs: run.outputs }) as { readonly state: ClimbState }
    if (end === CONVERGED) return { state, termination: { kind: 'converged' } }
    if (end === COLLAPSED)
      return { state: { ...state, params: state.best }, termination: { kind: 'diverged', step: at - 1 } }
    const isAborted = run.termination.kind === 'aborted'
    return { state, termination: isAborted ? { kind: 'aborted', step: at } : { kind: 'limit' } }
  } catch (error) {
    if (!(error instanceof NonFiniteStateError)) throw error
    const state = error.state as ClimbState
    const failure = { error, key, params: state.params }
    const termination = { kind: 'diverged', step: first + error.step, failure } as const
    return { state: options.convergence ? { ...state, params: state.best } : state, termination }
  }
}

/** One step, as a pure function of tensors. */
function stepOf(setting: Setting, options: ClimbOptions) {
  const { estimator, optimizer, taken, convergence, localSteps } = options
  const { variational } = setting
  const structure = structureOf(setting, taken)
  const isGlobal = (name: string): boolean =>
    localSteps === 0 || !isLocal(variational, name, [...taken.keys()])
  return (now: Carried, key: Tensor, seen: Seen) => {
    const { model, guide } = now.params as { readonly model: ParamTree; readonly guide: ParamTree }
    const state = now.estimator as unknown as Tree
    const global = chosenOf(guide, isGlobal)
    const all = chosenOf(guide, (name) => !isGlobal(name))
    const local = localSteps === 0 ? {} : takenRows(all, variational, seen.rows)
    const problem = problemOf(setting, structure, seen, localSteps > 0)
    const own =
      localSteps === 0
        ? local
        : localAscent(
            { problem, model, global, local, estimator, state, optimizer, count: localSteps },
            foldInKey(key, 1),
          )
    const parameters = { model, guide: { ...global, ...own } } as unknown as ObjectiveParameters
    const estimate = estimator.estimate(problem, parameters, key, state)
    const { objective, gradients } = estimate
    const shared = { model, guide: global } as unknown as TensorTree
    const ascent = {
      model: gradients.model,
      guide: chosenOf(gradients.guide as ParamTree, isGlobal),
    } as unknown as TensorTree
    const descent = mapLeaves(ascent, (x) => neg(x))
    const { updates, state: moved } = optimizer.update(descent, now.optimizer as never, shared)
    const next = applyUpdates(shared, updates) as unknown as typeof parameters
    const back = localSteps === 0 ? {} : putBack(all, own, variational, seen.rows)
    const params = ordered({ model: next.model, guide: { ...next.guide, ...back } } as never, now.params)
    const after = {
      params,
      optimizer: moved as TensorTree,
      estimator: estimate.state as unknown as TensorTree,
      objective,
    }
    if (!convergence) {
      // Whether all is finite is looked at from time to time: what was not stays so, until then.
      const before = where(isFinite(objective), now.watched.before, objective)
      return {
        state: { ...after, watched: { ...now.watched, before }, best: now.best },
        outputs: { objective, end: fill([], 0) },
      }
    }
    const { next: watched, isBest } = watch(now.watched, objective, convergence)
    const told = { watched: watched as Watched & TensorTree, best: chosen(isBest, params, now.best) }
    // A run that has ended stays ended: what its last steps before the pause compute is not kept.
    const hasEnded = greater(now.watched.end, 0)
    return {
      state: chosen(hasEnded, now as unknown as TensorTree, { ...after, ...told } as unknown as TensorTree),
      outputs: { objective, end: watched.end },
    }
  }
}

/** A tree with its entries in the order of another. */
function ordered(tree: TensorTree, like: TensorTree): TensorTree {
  return withLeaves(like, leavesOf(tree, like, 'climb'))
}

function mapLeaves<Tree extends TensorTree>(tree: Tree, f: (x: Tensor) => Tensor): Tree {
  return withLeaves(
    tree,
    leavesOf(tree).map((x) => f(x)),
  )
}

/** One tree or another of the same structure. */
function chosen<Tree extends TensorTree>(condition: Tensor, yes: Tree, no: Tree): Tree {
  const others = leavesOf(no, yes, 'climb')
  return withLeaves(
    yes,
    leavesOf(yes).map((x, i) => where(condition, x, others[i]!)),
  )
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
