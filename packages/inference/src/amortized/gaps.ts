import { compile } from '@variate/compile'
import { foldIn, type Key, UnsupportedError } from '@variate/core'
import { automatic, stickingTheLanding } from '@variate/estimators'
import type { ParamArrays, ParamTree, SiteTensors } from '@variate/families'
import { bind, freeParameters, type Bound } from '@variate/language/internal'
import { climb, startOf } from '../bbvi/climb.ts'
import { paramsOf } from '../bbvi/paramsOf.ts'
import { guideArrays } from '../bbvi/sharedParams.ts'
import { checkWhole } from '../monteCarlo/checks.ts'
import { adam } from '../optimizers/adam.ts'
import { fewTogether } from '../optimizers/fewTogether.ts'
import { cosineDecay } from '../optimizers/schedules/cosineDecay.ts'
import type { Applied } from './applied.ts'
import { checkBound } from './checkNumbers.ts'
import { evaluator } from './evaluator.ts'
import type { BoundExamples } from './examplesOf.ts'
import { likelihoodEstimator } from './likelihoodEstimator.ts'

export interface GapsOptions {
  /** How many steps the parameters of each example take, from those that the network gives; 500, if not given. */
  readonly steps?: number
  /** How many draws tell of log p(x), and of each bound; 500, if not given. */
  readonly particles?: number
}

/** Where the bound is lost: in nats for each example, in the mean. */
export interface Gaps {
  /** The bound with q as the network gives it. */
  readonly elbo: number
  /** The same with the best q of the family for each example by itself. */
  readonly refinedElbo: number
  /** log p(x), by importance sampling from that. */
  readonly logLikelihood: number
  /** refinedElbo − elbo: what is lost since one network serves all examples. */
  readonly amortization: number
  /** logLikelihood − refinedElbo: what is lost since the posterior is not of the family. */
  readonly approximation: number
}

/**
 * Refines q of each example, as semi-amortised inference does, and compares the bounds.
 *
 * @see Cremer, Li and Duvenaud, Inference Suboptimality in Variational Autoencoders (ICML 2018); Kim, Wiseman, Miller, Sontag and
 *   Rush, Semi-Amortized Variational Autoencoders (ICML 2018).
 */
export async function gapsOf(
  applied: Applied,
  examples: BoundExamples,
  key: Key,
  { steps = 500, particles = 500 }: GapsOptions,
  who: string,
): Promise<Gaps> {
  checkWhole(who, 'steps', steps, 1)
  checkWhole(who, 'particles', particles, 2)
  const refined = await refinedOf(applied, examples, steps, foldIn(key, 0), who)
  const before = checkBound(await evaluator(applied)(examples, foldIn(key, 1), particles), who)
  // There the parameters of the model are values as data are.
  const { values, present } = refined.setting.model
  const known = { count: examples.count, values, present }
  const after = checkBound(await evaluator(refined)(known, foldIn(key, 1), particles), who)
  const { logLikelihood } = await likelihoodEstimator(refined)(known, particles, foldIn(key, 2))
  return {
    elbo: before.elbo,
    refinedElbo: after.elbo,
    logLikelihood,
    amortization: after.elbo - before.elbo,
    approximation: logLikelihood - after.elbo,
  }
}

/** Draws that each step takes of each example, and the rate of the first. */
const PARTICLES = 8
const RATE = 0.02

/** The fit with parameters of q for each example, at the end of an ascent in which the model stays as it is. */
async function refinedOf(
  applied: Applied,
  examples: BoundExamples,
  steps: number,
  key: Key,
  who: string,
): Promise<Applied> {
  const { setting, params, plate } = applied
  const { unshared } = setting.variational
  if (!unshared)
    throw new UnsupportedError(
      `${who}: q is a guide, which has no parameters for single examples: use an encoder`,
    )
  const model = withParams(applied, examples, who)
  const sizes = new Map([...setting.model.sizes, [plate, examples.count]])
  const begin = compile(
    (own: ParamTree, data: SiteTensors) => unshared.params({ params: own, data, sizes }) as never,
    { precision: 'float64' },
  ) as unknown as (...of: readonly unknown[]) => ParamArrays
  const start = begin(guideArrays(setting.variational, params), examples.values)
  const variational = { ...unshared.variational, init: () => start }
  const own = { model, theta: freeParameters(model), variational, latents: setting.latents }
  const isSmooth = variational.factors.every(({ draws }) => draws === 'reparameterized')
  const rate = cosineDecay({ start: RATE, steps })
  const how = {
    // Where q is the posterior, its steps end.
    estimator: isSmooth ? stickingTheLanding({ particles: PARTICLES }) : automatic({ particles: PARTICLES }),
    optimizer: fewTogether(adam({ rate })),
    steps,
    taken: new Map<string, number>(),
    localSteps: 0,
    // The bound to be refined is that of networks as they are evaluated.
    isTraining: false,
    convergence: undefined,
    precision: 'float64',
    engine: undefined,
    reproducible: false,
  } as const
  const { state } = await climb(own, startOf(own, how, foldIn(key, 0), who), how, foldIn(key, 1))
  return { ...applied, setting: own, params: state.params }
}

/** The model with these examples, whose parameters are known. */
function withParams({ setting, params }: Applied, { values, present }: BoundExamples, who: string): Bound {
  const { program } = setting.model
  const isGiven = new Set(
    program.declarations.flatMap((site) => ('value' in site && site.value !== undefined ? [] : [site.name])),
  )
  const own = Object.entries({ ...values, ...paramsOf(setting, params) }).filter(([name]) =>
    isGiven.has(name),
  )
  const bound = bind(program, Object.fromEntries(own), {
    who,
    needed: ({ kind }) => kind === 'observed' || kind === 'input',
  })
  return { ...bound, present }
}
