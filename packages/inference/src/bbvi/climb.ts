import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, NonFiniteStateError, runLoop, type Engine } from '@variate/compile'
import { foldIn, NdArray, type Key } from '@variate/core'
import { neg } from '@variate/core/ops'
import type { Estimator, Outline, ObjectiveParameters, Tree } from '@variate/estimators'
import type { ParamArrays } from '@variate/families'
import { applyUpdates, type Optimizer } from '../optimizers/optimizer.ts'
import { leavesOf, withLeaves, type TensorTree } from '../optimizers/tensorTree.ts'
import { problemOf, structureOf, type Seen, type Setting } from './problemOf.ts'

/** What a step changes: plain data, from which a run goes on exactly. */
export interface ClimbState {
  readonly params: { readonly model: ParamArrays; readonly guide: ParamArrays }
  readonly optimizer: ParamArrays
  readonly estimator: ParamArrays
  /** The last estimate of the objective. */
  readonly objective: NdArray<Float64Array>
}

export interface ClimbOptions {
  readonly estimator: Estimator
  readonly optimizer: Optimizer
  readonly steps: number
  readonly precision: 'float32' | 'float64'
  readonly engine: Engine | undefined
  readonly reproducible: boolean
  readonly onProgress: ((progress: { step: number; steps: number; objective: number }) => unknown) | undefined
  readonly signal: AbortSignal | undefined
}

/** How a climb ended. */
export interface Climb {
  readonly state: ClimbState
  /** The estimate of the objective in each step. */
  readonly history: Float64Array
  readonly termination:
    | { readonly kind: 'limit' }
    | { readonly kind: 'aborted'; readonly step: number }
    | { readonly kind: 'diverged'; readonly step: number }
}

/** What a step carries, as tensors. */
interface Carried {
  readonly params: TensorTree
  readonly optimizer: TensorTree
  readonly estimator: TensorTree
  readonly objective: Tensor
}

/** The state to begin with. */
export function startOf(
  setting: Setting,
  { estimator, optimizer }: ClimbOptions,
  key: Key,
  who: string,
): ClimbState {
  const { theta, variational, model } = setting
  const params = { model: theta.init(foldIn(key, 0)), guide: variational.init(foldIn(key, 1)) }
  const outline: Outline = structureOf(setting, new Map())
  const begun = compile((tree: never) => optimizer.init(tree) as never, { precision: 'float64' })
  return {
    params,
    optimizer: (begun as unknown as (tree: unknown) => ParamArrays)(params),
    estimator: estimator.init(outline, `${who}: model "${model.program.name}"`) as ParamArrays,
    objective: new NdArray(Float64Array.of(0), []),
  }
}

/**
 * Stochastic ascent: each step takes an estimate of the objective's gradient in the parameters of the model and of q, and moves both
 * by what the optimiser makes of it. All steps are one compiled loop.
 */
export async function climb(
  setting: Setting,
  start: ClimbState,
  options: ClimbOptions,
  key: Key,
): Promise<Climb> {
  const { estimator, optimizer, steps, precision, engine, reproducible, onProgress, signal } = options
  const { model } = setting
  const structure = structureOf(setting, new Map())
  const step = (now: Carried, own: Tensor, seen: Seen): { state: Carried; outputs: Tensor } => {
    const problem = problemOf(setting, structure, seen)
    const { objective, gradients, state } = estimator.estimate(
      problem,
      now.params as unknown as ObjectiveParameters,
      own,
      now.estimator as unknown as Tree,
    )
    const descent = gradients as unknown as TensorTree
    const down = withLeaves(
      descent,
      leavesOf(descent).map((x) => neg(x)),
    )
    const { updates, state: moved } = optimizer.update(down, now.optimizer as never, now.params)
    return {
      state: {
        params: applyUpdates(now.params, updates),
        optimizer: moved,
        estimator: state as unknown as TensorTree,
        objective,
      },
      outputs: objective,
    }
  }
  const seen = { data: model.values, present: model.present, rows: {} }
  const history: Float64Array[] = []
  try {
    const { state, termination } = await runLoop(
      (now: never, { key: own, inputs }: { readonly key: Tensor; readonly inputs: never }) =>
        step(now as Carried, own, inputs as Seen) as never,
      {
        state: start as never,
        count: steps,
        inputs: seen as never,
        random: key,
        collect: { every: 1 },
        precision,
        ...(engine ? { engine } : {}),
        reproducible,
        finite: true,
        signal,
        onProgress: ({ step: done, outputs }) => {
          const rows = outputs as unknown as NdArray<Float64Array>
          history.push(Float64Array.from(rows.data))
          return onProgress?.({ step: done, steps, objective: rows.data.at(-1)! })
        },
      },
    )
    return { state: state as unknown as ClimbState, history: joined(history), termination }
  } catch (error) {
    if (!(error instanceof NonFiniteStateError)) throw error
    return {
      state: error.state as ClimbState,
      history: joined(history),
      termination: { kind: 'diverged', step: error.step },
    }
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
