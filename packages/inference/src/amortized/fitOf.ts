import { DomainError, foldIn, NdArray } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { ModelTypes, Randomness } from '@variate/language'
import { paramsOf } from '../bbvi/paramsOf.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import { keyFrom } from '../keyFrom.ts'
import { checkWhole } from '../monteCarlo/checks.ts'
import type { Termination } from '../run/index.ts'
import type { AmortizedFit } from './amortizedFit.ts'
import type { Applied } from './applied.ts'
import { annealedEstimator } from './annealedEstimator.ts'
import { bracketed, type BracketOptions } from './bracketed.ts'
import { checkDensity } from './checkDensity.ts'
import { checkBound, checkNumbers } from './checkNumbers.ts'
import { decoderOf } from './decoderOf.ts'
import { drawerOf, encoderOf } from './encoderOf.ts'
import { evaluator } from './evaluator.ts'
import { exampleChains, type ExampleChains } from './exampleChains.ts'
import { examplesOf, type BoundExamples } from './examplesOf.ts'
import { gapsOf, type GapsOptions } from './gaps.ts'
import { likelihoodEstimator } from './likelihoodEstimator.ts'
import { isAnnealed, type LogLikelihoodOptions } from './logLikelihoodOptions.ts'
import { once } from './once.ts'
import { sampled } from './sampled.ts'
import type { EpochRecord } from './told.ts'

/** What a fit is made of, besides what it is applied with. */
export interface AmortizedResult {
  readonly bound: { readonly elbo: number; readonly standardError: number }
  readonly epochs: readonly EpochRecord[]
  readonly termination: Termination
  readonly warnings: readonly string[]
  readonly toBytes: () => Uint8Array
}

/** A fit, of an ascent as it has ended. */
export function fitOf<Types extends ModelTypes>(
  applied: Applied,
  result: AmortizedResult,
  who: string,
): AmortizedFit<Types> {
  const { setting, params, plate } = applied
  const { bound, epochs, termination, warnings, toBytes } = result
  const encode = once(() => encoderOf(applied))
  const decode = once(() => decoderOf(applied))
  const drawn = once(() => drawerOf(applied))
  const evaluate = once(() => evaluator(applied))
  const likelihood = once(() => likelihoodEstimator(applied))
  const chains = new Map<number, ExampleChains>()
  const chainsOf = (leaps: number): ExampleChains => {
    if (!chains.has(leaps)) chains.set(leaps, exampleChains(applied, leaps, who))
    return chains.get(leaps)!
  }
  const meanOf = (name: string): string => `the mean of "${name}"`
  const drawOf = (name: string): string => `a draw of "${name}"`
  const isDiscrete = (name: string): boolean => setting.model.specs[name]!.dtype !== 'float32'
  const fit = {
    params: paramsOf(setting, params),
    elbo: bound.elbo,
    standardError: bound.standardError,
    history: epochs,
    termination,
    warnings,
    toBytes,
    encode: async (examples: unknown, randomness: Partial<Randomness> = {}) => {
      const own = `${who}: encode`
      const encoded = await encode()(examplesOf(applied, examples, own), randomness, own)
      checkNumbers(encoded.mean, own, meanOf)
      checkNumbers(encoded.variance, own, (name) => `the variance of "${name}"`)
      return encoded
    },
    sampleLatents: async (examples: unknown, count: number, randomness: Randomness) => {
      const own = `${who}: sampleLatents`
      checkWhole(own, 'count', count, 1)
      const bound = examplesOf(applied, examples, own)
      return checkNumbers(await drawn()(bound, count, keyFrom(own, randomness), setting.latents), own, drawOf)
    },
    decode: async (codes: unknown) => {
      const own = `${who}: decode`
      return checkNumbers(decode()(codes, own), own, meanOf)
    },
    reconstruct: async (examples: unknown, randomness: Partial<Randomness> = {}) => {
      const own = `${who}: reconstruct`
      const bound = examplesOf(applied, examples, own)
      const isDrawn = randomness.seed !== undefined || randomness.key !== undefined
      const discrete = setting.latents.find(isDiscrete)
      if (!isDrawn && discrete !== undefined)
        throw new DomainError(
          `${own}: "${discrete}" is discrete, and a mean is none of its values: give a seed or a key`,
        )
      const codes = isDrawn
        ? withoutFirst(await drawn()(bound, 1, keyFrom(own, randomness as Randomness), setting.latents))
        : (await encode()(bound, {}, own)).mean
      return checkNumbers(decode()({ ...inputsIn(setting, plate, bound), ...codes }, own, true), own, meanOf)
    },
    sample: async (
      count: number,
      options: Randomness & { readonly given?: Readonly<Record<string, unknown>> },
    ) => {
      const own = `${who}: sample`
      checkWhole(own, 'count', count, 1)
      return checkNumbers(
        sampled(applied, count, keyFrom(own, options), options.given ?? {}, own),
        own,
        drawOf,
      )
    },
    evaluate: async (examples: unknown, options: Randomness & { readonly draws?: number }) => {
      const own = `${who}: evaluate`
      const count = options.draws ?? 16
      checkWhole(own, 'draws', count, 2)
      const key = keyFrom(own, options)
      const bound = examplesOf(applied, examples, own, foldIn(key, 0))
      return checkBound(await evaluate()(bound, foldIn(key, 1), count), own)
    },
    estimateLogLikelihood: async (examples: unknown, options: Randomness & LogLikelihoodOptions) => {
      const own = `${who}: estimateLogLikelihood`
      if (isAnnealed(options, own)) {
        const estimate = annealedEstimator(applied, chainsOf, options, own)
        const key = keyFrom(own, options)
        return estimate(examplesOf(applied, examples, own, foldIn(key, 0)), foldIn(key, 1))
      }
      const particles = options.particles ?? 100
      checkWhole(own, 'particles', particles, 1)
      checkDensity(setting, own)
      const key = keyFrom(own, options)
      const bound = examplesOf(applied, examples, own, foldIn(key, 0))
      const estimate = await likelihood()(bound, particles, foldIn(key, 1))
      checkNumbers({ pointwise: estimate.pointwise }, own, () => 'the estimate')
      return estimate
    },
    bracketLogLikelihood: async (count: number, options: Randomness & BracketOptions) => {
      const own = `${who}: bracketLogLikelihood`
      checkWhole(own, 'count', count, 1)
      return bracketed(applied, chainsOf, count, keyFrom(own, options), options, own)
    },
    gaps: async (examples: unknown, options: Randomness & GapsOptions) => {
      const own = `${who}: gaps`
      const key = keyFrom(own, options)
      return gapsOf(applied, examplesOf(applied, examples, own, foldIn(key, 0)), foldIn(key, 1), options, own)
    },
    toOnnx: async (part: unknown) => {
      const own = `${who}: toOnnx`
      if (part !== 'encoder' && part !== 'decoder')
        throw new DomainError(`${own}: the part must be 'encoder' or 'decoder', got ${shown(part)}`)
      // Models are written by whom they are asked of: others do not load what writes them.
      const { toOnnx } = await import('./onnx/toOnnx.ts')
      return toOnnx(applied, part, own)
    },
    summary: () => summaryOf(setting.model.program.name, result),
  }
  return fit as unknown as AmortizedFit<Types>
}

function inputsIn(
  { model }: Setting,
  plate: string,
  { values }: BoundExamples,
): Readonly<Record<string, unknown>> {
  const own = model.program.declarations.filter((site) => site.kind === 'input' && site.plates[0] === plate)
  return Object.fromEntries(own.map(({ name }) => [name, values[name]]))
}

function withoutFirst(draws: Readonly<Record<string, NdArray>>): Readonly<Record<string, NdArray>> {
  return Object.fromEntries(
    Object.entries(draws).map(([name, x]) => [name, new NdArray(x.data, x.shape.slice(1))]),
  )
}

function summaryOf(name: string, { bound, epochs, termination, warnings }: AmortizedResult): string {
  const at = 'step' in termination ? `${termination.kind} in step ${termination.step}` : termination.kind
  const head = `${name}: ${at} after ${epochs.length} epochs, elbo ${bound.elbo.toFixed(3)} ± ${bound.standardError.toFixed(3)} nats for each example`
  const rows = epochs.slice(-5).map(({ epoch, elbo, reconstruction, kl, evaluation }) => {
    const other = evaluation === undefined ? '' : `, evaluation ${evaluation.toFixed(3)}`
    return `epoch ${epoch}: elbo ${elbo.toFixed(3)} = ${reconstruction.toFixed(3)} − ${kl.toFixed(3)}${other}`
  })
  return [head, ...warnings, ...rows].join('\n')
}
