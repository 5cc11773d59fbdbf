import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import {
  DomainError,
  foldIn,
  key as keyOf,
  NumericalError,
  UnsupportedError,
  VariateError,
  type Key,
  type NdArray,
} from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { labelled } from './labels.ts'
import type { NetworkParams } from '@variate/language'
import { entryOf, initialParams, type Bound } from '@variate/language/internal'
import { exactOf, type Exact, type ExactResult } from '../exact/exact.ts'
import type { Tensors } from '../exact/termAt.ts'
import {
  Breakdown,
  expectationMaximization,
  type Algorithm,
  type EmInfo,
  type EmState,
  type LatentVariableModel,
} from '../run/index.ts'
import { completionsOf, type Completion } from './completions.ts'
import { maximizationOf, type Maximization } from './maximization.ts'
import { expectedLogJoint, plainCompletion, type CompletionTensors } from './objective.ts'
import { distanceBetween, networksOf, paramsOf, type Parameters } from './parameters.ts'
import { checkPriors, logPriorOf, plainLogPrior, type Priors } from './priors.ts'
import { randomCompletions } from './start.ts'

type Completions = readonly Completion[]

/** A declared model as expectation maximisation sees it: its statistics are the posterior's weighted completions. */
export interface DeclaredModel {
  readonly algorithm: Algorithm<EmState<Parameters, Completions>, EmInfo>
  readonly exact: Exact
  resultAt(parameters: Parameters): ExactResult
  /** How each parameter is maximised, known after the first start. */
  maximization(): Readonly<Record<string, string>>
}

/** @throws DomainError for a model without parameters to be fitted. */
export function declaredModel(bound: Bound, priors: Priors, limit: number, who: string): DeclaredModel {
  const { program, sizes, values } = bound
  const params = paramsOf(program, values)
  const networks = networksOf(program, values)
  const names = [...params.map(({ name }) => name), ...networks]
  if (names.length === 0) throw new DomainError(`${who}: there is no parameter to fit: use enumeration`)
  const logPrior = logPriorOf(priors, params, who)
  const declared = new Set(params.flatMap(({ name, init }) => (init ? [name] : [])))
  const begin = (key: Key): Parameters => {
    const all = initialParams(program, sizes, key)
    return Object.fromEntries(names.map((name) => [name, all[name]!]))
  }
  checkRead(bound, names, who)
  const first = begin(keyOf(0))
  if (logPrior) checkPriors(priors, first, who)
  const exact = exactOf(bound, limit, { ...values, ...(first as Bound['values']) })
  checkNormal(exact, who)
  checkEverywhere(exact, { ...values, ...labelled(program, sizes, names)[0] } as Bound['values'])
  const completions = completionsOf(bound, exact)
  const resultAt = (parameters: Parameters): ExactResult =>
    exact.at({ ...values, ...(parameters as Bound['values']) })
  const objective = compiledObjective(bound)
  const weight = observationsIn(bound)
  let found: Maximization | undefined
  const maximization = (start: Parameters, now: Completions): Maximization => {
    const nets = Object.fromEntries(networks.map((name) => [name, start[name] as NetworkParams]))
    const toFit = { params, networks: nets, logPrior, withPrior: Object.keys(priors) }
    return (found ??= maximizationOf(bound, exact, toFit, start, now))
  }
  const startFrom = (key: Key): Parameters => {
    const start = begin(key)
    const random = randomCompletions(completions(resultAt(start)), key)
    const next = maximization(start, random).maximize(start, random)
    if (next instanceof Breakdown) return start
    return { ...next, ...Object.fromEntries([...declared].map((name) => [name, start[name]!])) }
  }
  const model: LatentVariableModel<Parameters, Completions> = {
    initialize: startFrom,
    expectation: (parameters) => {
      const result = resultAt(parameters)
      return { statistics: completions(result), logLikelihood: result.logEvidence, weight }
    },
    maximization: (statistics, parameters) =>
      maximization(parameters, statistics).maximize(parameters, statistics),
    expectedLogJoint: (statistics, parameters) => objective(parameters, statistics),
    ...(logPrior ? { logPrior: plainLogPrior(logPrior, priors) } : {}),
    distance: distanceBetween,
  }
  const algorithm = expectationMaximization(model)
  return {
    algorithm: { ...algorithm, init: (key) => firstPossible(algorithm.init, key, who) },
    exact,
    resultAt,
    maximization: () =>
      Object.fromEntries(found!.steps.flatMap(({ params: own, how }) => own.map((name) => [name, how]))),
  }
}

/** How many starts are tried where data are impossible at the first. */
const ATTEMPTS = 10

/** @throws DomainError where data are impossible at all starts. */
function firstPossible<State>(init: (key: Key) => State, key: Key, who: string): State {
  let why: unknown
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      return init(attempt === 0 ? key : foldIn(key, attempt))
    } catch (error) {
      if (!(error instanceof DomainError || error instanceof NumericalError)) throw error
      why ??= error
    }
  }
  throw new DomainError(
    `${who}: no start was found at which the data are possible: give parameters an init (${(why as Error).message})`,
    { cause: why },
  )
}

/** Looks whether latents can be integrated at parameters of which none is 0: where some are, it may only seem so. */
function checkEverywhere(exact: Exact, values: Bound['values']): void {
  try {
    exact.at(values)
  } catch (error) {
    // Data that are impossible there may be possible elsewhere.
    if (error instanceof UnsupportedError || !(error instanceof VariateError)) throw error
  }
}

/** @throws DomainError for a parameter that no site reads: what it was meant for is missing. */
function checkRead({ program, reads }: Bound, names: readonly string[], who: string): void {
  for (const name of names) {
    if (program.declarations.some((site) => reads.has(site, name))) continue
    throw new DomainError(`${who}: no site reads parameter "${name}": use it, or leave it out`)
  }
}

/** @throws UnsupportedError for continuous latents that are not normal: expectations under their posterior are no sums. */
function checkNormal({ kinds }: Exact, who: string): void {
  const [name] = kinds.conjugate.keys()
  if (name === undefined) return
  throw new UnsupportedError(
    `${who}: latent "${name}" is neither discrete nor normal: make it a parameter with a prior, or condition on it`,
  )
}

/** E_q[log p(x, z | θ)] of all terms. */
function compiledObjective(bound: Bound): (parameters: Parameters, completions: Completions) => number {
  let all: ((...args: readonly never[]) => unknown) | undefined
  return (parameters, completions) => {
    const terms = completions.map(({ term }) => term)
    all ??= compile(
      (given: Tensors, masks: Tensors, own: readonly CompletionTensors[]): Tensor =>
        expectedLogJoint(bound, terms, given, masks, own),
      { precision: 'float64' },
    ) as never
    const value = all!(
      { ...bound.values, ...parameters } as never,
      bound.present as never,
      completions.map(plainCompletion) as never,
    )
    return (value as NdArray).data[0]!
  }
}

/** How many observations there are: elements of observed sites that are not missing. */
function observationsIn({ program, sizes, present }: Bound): number {
  const observed = program.declarations.filter(({ kind }) => kind === 'observed')
  if (observed.length === 0) {
    throw new DomainError(`model "${program.name}": em: no site is observed`)
  }
  const all = observed.reduce((total, { name, plates }) => {
    const there = entryOf(present, name)
    const count = there
      ? there.data.reduce((a, b) => a + b, 0)
      : sizeOf(plates.map((plate) => sizes.get(plate)!))
    return total + count
  }, 0)
  if (all === 0) throw new DomainError(`model "${program.name}": em: all observations are missing`)
  return all
}
