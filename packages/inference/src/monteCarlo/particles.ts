import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { UnsupportedError, type Key, type NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { sum } from '@variate/core/ops'
import { draws, logProbs, type Program } from '@variate/language/internal'
import { argumentsOf, type Proposed } from './proposed.ts'
import { inParts, rowsOf } from './parts.ts'

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

/** What draws come from: the guide, if there is one, else the prior. */
export type Source = 'guide' | 'prior'

type Drawn = { readonly [Part in 'values' | 'logs' | 'proposalLogs']: Arrays }

/** More numbers of draws than this are refused. */
const MOST = 2 ** 27

/**
 * Draws particles: one float64 program for model and proposal, run for some particles at a time. It is made once for each
 * program of the guide.
 */
export function particlesOf(
  program: Program,
  who: string,
): (proposed: Proposed, key: Key, count: number, source?: Source) => Particles {
  const latents = program.declarations.filter(({ kind }) => kind === 'latent').map(({ name }) => name)
  const made = new Map<string, ReturnType<typeof drawing>>()
  const drawing = (guide: Program | undefined, source: Source) =>
    compile(
      (
        key: Tensor,
        given: Tensors,
        present: Tensors,
        ofGuide: Tensors,
        sizes: Readonly<Record<string, number>>,
        size: number,
      ) =>
        batch(
          () => {
            const all = new Map(Object.entries(sizes))
            const drawn =
              guide && source === 'guide' ? draws(guide, all, key, ofGuide) : draws(program, all, key, given)
            const values = only(latents, drawn)
            const logs = summed(logProbs(program, all, { ...given, ...values }, present))
            const proposalLogs = guide
              ? only(latents, summed(logProbs(guide, all, { ...ofGuide, ...values })))
              : {}
            return { values, logs, proposalLogs }
          },
          { size },
        )(),
      { precision: 'float64' },
    )
  let last: Program | undefined
  return (proposed, key, count, source = proposed.guide ? 'guide' : 'prior') => {
    const { model, guide } = proposed
    const numbers = latents.reduce((total, name) => total + sizeOf(model.specs[name]!.shape), 0)
    if (count * numbers > MOST) {
      throw new UnsupportedError(
        `${who}: ${count} particles of ${numbers} numbers each are more than the ${MOST} numbers that are kept: pass fewer`,
      )
    }
    if (guide?.program !== last) made.clear()
    last = guide?.program
    const run = made.get(source) ?? drawing(guide?.program, source)
    made.set(source, run)
    const parts = inParts(
      model,
      key,
      count,
      (words, size) => run(words, ...argumentsOf(proposed), size as never) as unknown as Drawn,
    )
    const joined = (part: keyof Drawn): Arrays =>
      Object.fromEntries(
        Object.keys(parts[0]![part]).map((name) => [
          name,
          rowsOf(
            parts.map((of) => of[part][name]!),
            count,
          ),
        ]),
      )
    const logs = dataOf(joined('logs'))
    const proposalLogs = guide ? dataOf(joined('proposalLogs')) : only(latents, logs)
    return { count, values: joined('values'), logs, proposalLogs }
  }
}

/** log p(data, z) − log q(z). Where q is the prior its terms are not there, rather than taken away again. */
export function logWeightsOf({ count, logs, proposalLogs }: Particles): Float64Array {
  const total = new Float64Array(count)
  for (const [name, log] of Object.entries(logs)) {
    if (proposalLogs[name] === log) continue
    for (let i = 0; i < count; i++) total[i]! += log[i]!
  }
  for (const [name, log] of Object.entries(proposalLogs)) {
    if (logs[name] === log) continue
    for (let i = 0; i < count; i++) total[i]! -= log[i]!
  }
  return total
}

function only<Of>(names: readonly string[], of: Readonly<Record<string, Of>>): Record<string, Of> {
  return Object.fromEntries(names.map((name) => [name, of[name]!]))
}

function summed(logs: Tensors): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(logs).map(([name, x]) => [name, sum(x)]))
}

function dataOf(arrays: Arrays): Record<string, Float64Array> {
  return Object.fromEntries(Object.entries(arrays).map(([name, x]) => [name, x.data as Float64Array]))
}
