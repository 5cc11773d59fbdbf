import { sizeOf } from '@variate/core/internal'
import type { NetworkParams } from '@variate/language'
import { entryOf, type Bound, type Declaration } from '@variate/language/internal'
import type { Exact } from '../exact/exact.ts'
import { computedFor } from '../exact/termAt.ts'
import type { Term } from '../exact/terms.ts'
import { Breakdown } from '../run/index.ts'
import { argumentsOf } from './argumentsOf.ts'
import type { Completion } from './completions.ts'
import { Estimated } from './estimator.ts'
import { familyStep } from './familyStep.ts'
import type { Inspected, Step } from './step.ts'
import { layoutOf } from './flat.ts'
import { gradientStep } from './gradientStep.ts'
import { labelled } from './labels.ts'
import type { Parameters, ParamSite } from './parameters.ts'
import type { LogPrior } from './priors.ts'
import { quadraticStep } from './quadraticStep.ts'
import { scaleStep } from './scaleStep.ts'
import { selectionOf } from './selection.ts'

/** The M-step of a model: parts of the parameters one after the other, each given the others. */
export interface Maximization {
  readonly steps: readonly Step[]
  maximize(parameters: Parameters, completions: readonly Completion[]): Parameters | Breakdown
}

export interface ToFit {
  readonly params: readonly ParamSite[]
  /** Networks, as they begin. */
  readonly networks: Readonly<Record<string, NetworkParams>>
  readonly logPrior: LogPrior | undefined
  /** The parameters with a prior. */
  readonly withPrior: readonly string[]
}

/**
 * Finds how each parameter is maximised: in closed form where the site's distribution has weighted maximum likelihood and its
 * arguments are parameters, gathered or not, where locations of normal distributions are affine in them, or where they are
 * scales of these; else by gradient ascent. Several parts make it expectation/conditional maximisation (Meng and Rubin 1993),
 * which is as monotone.
 *
 * @param completions expectations at some parameters.
 */
export function maximizationOf(
  bound: Bound,
  exact: Exact,
  { params, networks, logPrior, withPrior }: ToFit,
  start: Parameters,
  completions: readonly Completion[],
): Maximization {
  const isContinuous = (name: string): boolean => exact.continuous.has(name)
  const sites = new Map(params.map((site) => [site.name, site]))
  const names = [...sites.keys(), ...Object.keys(networks)]
  const terms = completions.map(({ term }) => term)
  const labels = labelled(bound.program, bound.sizes, [...sites.keys()])
  const readBy = terms.map(({ site }) => names.filter((name) => readsParam(bound, site, name)))
  const inspected = terms.map((term, at) =>
    inspect(bound, term, at, readBy[at]!, labels, start, completions[at]!),
  )
  const isNetwork = (name: string): boolean => name in networks
  /** Which terms have each parameter. */
  const termsOf = (wanted: readonly string[]): (readonly [number, Term])[] =>
    terms.flatMap((term, at): (readonly [number, Term])[] => {
      const found = inspected[at]
      const own =
        found && found.computed.length === 0
          ? [...Object.values(found.selected).map(({ param }) => param), ...readBy[at]!.filter(isNetwork)]
          : readBy[at]!
      return wanted.some((name) => own.includes(name)) ? [[at, term]] : []
    })
  const left = new Set(names)
  const isFree = (name: string): boolean => left.has(name) && !withPrior.includes(name)
  const steps: Step[] = []
  const take = (step: Step | undefined): void => {
    if (!step) return
    steps.push(step)
    for (const name of step.params) left.delete(name)
  }
  for (const own of inspected) {
    if (!own) continue
    const step = familyStep(bound, own, sites, isContinuous)
    if (!step?.params.every((name) => isFree(name) && termsOf([name]).length === 1)) continue
    if (works(step, start, completions)) take(step)
  }
  const real = params.filter(({ name, domain }) => isFree(name) && domain.constraint.name === 'real')
  const quadratic = (wanted: readonly ParamSite[]): Step | undefined => {
    const shapes = Object.fromEntries(wanted.map((site) => [site.name, shapeOf(bound, site)]))
    const own = termsOf(wanted.map(({ name }) => name))
    const first = { ...start, ...labels[0] }
    return quadraticStep(
      bound,
      own,
      layoutOf(shapes),
      [start, first, { ...first, ...labels[1] }],
      completions,
      () => gradientStep(bound, own, wanted, {}, start, undefined),
    )
  }
  const together = quadratic(real)
  if (together) take(together)
  else if (real.length > 1) for (const site of real) take(quadratic([site]))
  for (const site of params) {
    const own = termsOf([site.name]).map(([at]) => inspected[at])
    if (isFree(site.name) && own.every((one) => one !== undefined)) {
      const both = labels.map((label) => ({ ...start, ...label })) as unknown as typeof labels
      take(scaleStep(site, own, both, completions))
    }
  }
  if (left.size > 0) {
    const rest = params.filter(({ name }) => left.has(name))
    const nets = Object.fromEntries(Object.entries(networks).filter(([name]) => left.has(name)))
    take(gradientStep(bound, termsOf([...left]), rest, nets, start, logPrior))
  }
  return {
    steps,
    maximize: (parameters, now) => {
      let next: Parameters = parameters
      for (const step of steps) {
        const found = step.update(next, now)
        if (found instanceof Breakdown) return found
        next = found
      }
      return next
    },
  }
}

/** A term with its arguments, and how they depend on parameters; undefined for what has no distribution, or no parameters. */
function inspect(
  bound: Bound,
  term: Term,
  at: number,
  reads: readonly string[],
  labels: readonly [Parameters, Parameters],
  start: Parameters,
  completion: Completion,
): Inspected | undefined {
  const present = entryOf(bound.present, term.site.name)
  const isPartlyMissing = present !== undefined && present.data.length !== sizeOf(term.lengths)
  if (term.site.kind === 'factor' || reads.length === 0 || isPartlyMissing) return undefined
  const evaluate = argumentsOf(bound, term)
  const given = (parameters: Parameters) => ({ ...bound.values, ...start, ...parameters })
  const found = labels.map((label) => evaluate(given(label), completion))
  const [first, second] = found as unknown as [(typeof found)[0], (typeof found)[0]]
  const rows = completion.points * sizeOf(term.lengths)
  return {
    ...first,
    ...selectionOf([first, second], labels, rows),
    term,
    at,
    evaluate: (parameters, now) => evaluate({ ...bound.values, ...parameters }, now),
  }
}

/** Whether a step estimates no more than what is looked for. */
function works(step: Step, start: Parameters, completions: readonly Completion[]): boolean {
  try {
    step.update(start, completions)
    return true
  } catch (error) {
    if (error instanceof Estimated) return false
    throw error
  }
}

/** Whether a site reads a parameter, by itself or by deterministic sites. */
function readsParam(bound: Bound, site: Declaration, name: string): boolean {
  return [site, ...computedFor(bound, site)].some((reader) => bound.reads.has(reader, name))
}

function shapeOf({ sizes }: Bound, { plates, domain }: ParamSite): readonly number[] {
  return [...plates.map((plate) => sizes.get(plate)!), ...domain.shape]
}
