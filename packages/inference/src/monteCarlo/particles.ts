import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { UnsupportedError, type Key, type NdArray } from '@variate/core'
import { sum } from '@variate/core/ops'
import { draws, logProbs, type Bound, type Program } from '@variate/language/internal'
import { inParts, rowsOf, sizeOf } from './parts.ts'

type Arrays = Readonly<Record<string, NdArray>>
type Tensors = Readonly<Record<string, Tensor>>

/** Draws of all latents from a proposal, with what model and proposal say of each. */
export interface Particles {
  readonly count: number
  /** The latents, with the particles along the first axis. */
  readonly values: Arrays
  /** For each random site and factor of the model its log probability in each particle, in nats. */
  readonly logs: Readonly<Record<string, Float64Array>>
  /** For each latent log q in each particle; the same arrays where q is the prior. */
  readonly proposalLogs: Readonly<Record<string, Float64Array>>
}

/** More numbers of draws than this are refused. */
const MOST = 2 ** 27

export type DrawParticles = (bound: Bound, key: Key, count: number) => Particles

/**
 * Draws particles: one float64 program for model and proposal, run for some particles at a time.
 *
 * @param proposal a program with the latents of the model; the model's prior, if not given.
 */
export function particlesOf(program: Program, proposal: Program | undefined, who: string): DrawParticles {
  const latents = program.declarations.filter(({ kind }) => kind === 'latent').map(({ name }) => name)
  const drawn = compile(
    (key: Tensor, given: Tensors, present: Tensors, sizes: Readonly<Record<string, number>>, size: number) =>
      batch(
        () => {
          const all = new Map(Object.entries(sizes))
          const values = only(latents, draws(proposal ?? program, all, key, given))
          const logs = summed(logProbs(program, all, { ...given, ...values }, present))
          const own = proposal ? summed(logProbs(proposal, all, { ...given, ...values })) : {}
          return { values, logs, proposalLogs: proposal ? only(latents, own) : {} }
        },
        { size },
      )(),
    { precision: 'float64' },
  )
  return (bound, key, count) => {
    const numbers = latents.reduce((total, name) => total + sizeOf(bound.specs[name]!.shape), 0)
    if (count * numbers > MOST) {
      throw new UnsupportedError(
        `${who}: ${count} particles of ${numbers} numbers each are more than the ${MOST} numbers that are kept: pass fewer`,
      )
    }
    const parts = inParts(bound, key, count, (words, size) => {
      const [values, present] = [bound.values as never, bound.present as never]
      const sizes = Object.fromEntries(bound.sizes) as never
      return drawn(words, values, present, sizes, size as never) as unknown as {
        readonly [Part in 'values' | 'logs' | 'proposalLogs']: Arrays
      }
    })
    const joined = (part: 'values' | 'logs' | 'proposalLogs'): Arrays =>
      Object.fromEntries(
        Object.keys(parts[0]![part]).map((name) => [
          name,
          rowsOf(
            parts.map((of) => of[part][name]!),
            count,
          ),
        ]),
      )
    const data = (arrays: Arrays): Record<string, Float64Array> =>
      Object.fromEntries(Object.entries(arrays).map(([name, x]) => [name, x.data as Float64Array]))
    const logs = data(joined('logs'))
    return {
      count,
      values: joined('values'),
      logs,
      proposalLogs: proposal ? data(joined('proposalLogs')) : only(latents, logs),
    }
  }
}

function only<Of>(names: readonly string[], of: Readonly<Record<string, Of>>): Record<string, Of> {
  return Object.fromEntries(names.map((name) => [name, of[name]!]))
}

function summed(logs: Tensors): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(logs).map(([name, x]) => [name, sum(x)]))
}
