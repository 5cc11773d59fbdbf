import type { Tensor } from '@tensorflow/tfjs-core'
import { loop } from '@variate/compile'
import type { TensorTree } from '@variate/core/internal'
import type { AnyKey } from '@variate/core/ops'
import type { Estimator, ObjectiveParameters, Problem, Tree } from '@variate/estimators'
import type { ParamTree, Variational } from '@variate/families'
import type { Optimizer } from '../optimizers/optimizer.ts'
import { uphill } from './uphill.ts'

/** Whether a parameter belongs to elements of plates: of those that are taken in part, or of any, if none is. */
function isLocal({ plates }: Variational, name: string, taken: readonly string[]): boolean {
  const own = plates[name] ?? []
  return taken.length > 0 ? own.some((plate) => taken.includes(plate)) : own.length > 0
}

/** The parameters of a tree with names that are chosen. */
function chosenOf<Tree extends object>(tree: Tree, is: (name: string) => boolean): Tree {
  return Object.fromEntries(Object.entries(tree).filter(([name]) => is(name))) as Tree
}

/** What the optimiser moves, and what of q takes steps of its own. */
export function halves<Params extends { readonly guide: object }>(
  variational: Variational,
  params: Params,
  { localSteps, taken }: { readonly localSteps: number; readonly taken: ReadonlyMap<string, number> },
): { readonly shared: Params; readonly local: Params['guide'] } {
  const isOwn = (name: string): boolean => localSteps > 0 && isLocal(variational, name, [...taken.keys()])
  return {
    shared: { ...params, guide: chosenOf(params.guide, (name) => !isOwn(name)) },
    local: chosenOf(params.guide, isOwn),
  }
}

export interface LocalAscent {
  /** The problem of the elements that are taken, whose parameters have no others. */
  readonly problem: Problem
  readonly model: ParamTree
  readonly global: ParamTree
  /** The parameters of the elements that are taken. */
  readonly local: ParamTree
  readonly estimator: Estimator
  readonly state: Tree
  readonly optimizer: Optimizer
  readonly count: number
}

/**
 * The first half of a step: the parameters of the elements that are taken go up by so many steps of their own, and those that all
 * share stay as they are. The optimiser begins anew with them, for they are other elements each time.
 */
export function localAscent(
  { problem, model, global, local, estimator, state, optimizer, count }: LocalAscent,
  random: AnyKey,
): ParamTree {
  const step = (now: { local: TensorTree; kept: TensorTree }, { key }: { key: Tensor }): typeof now => {
    const parameters = { model, guide: { ...global, ...(now.local as ParamTree) } }
    const { gradients } = estimator.estimate(
      problem,
      parameters as unknown as ObjectiveParameters,
      key,
      state,
    )
    const ascent = chosenOf(gradients.guide as ParamTree, (name) => name in now.local) as TensorTree
    const { params, state: kept } = uphill(optimizer, now.local, ascent, now.kept)
    return { local: params, kept }
  }
  const begin = { local: local as TensorTree, kept: optimizer.init(local as TensorTree) }
  const { state: end } = loop(step as never, { state: begin as never, count, random }) as unknown as {
    readonly state: typeof begin
  }
  return end.local as ParamTree
}
