import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, foldIn, key as keyOf, NdArray, type Key } from '@variate/core'
import { fill } from '@variate/core/ops'
import type { SiteTensors, VariationalContext } from '@variate/families'
import type { Randomness } from '@variate/language'
import { overPlates } from '@variate/language/internal'
import { momentsOfList } from '../bbvi/knownMoments.ts'
import { momentsOf } from '../bbvi/momentsOf.ts'
import type { Setting } from '../bbvi/problemOf.ts'
import { keyFrom } from '../keyFrom.ts'
import { pause } from '../run/pause.ts'
import type { Applied } from './applied.ts'
import { chunkProgram } from './chunkProgram.ts'
import { chunkSize, chunksOf, joined } from './chunks.ts'
import type { BoundExamples } from './examplesOf.ts'

type Plain = Readonly<Record<string, NdArray>>
type Reals = Readonly<Record<string, NdArray<Float64Array>>>

/** q of some examples: moments of each latent, an example a row; of discrete ones the probabilities of their values as well. */
export interface EncodedMoments {
  readonly mean: Reals
  readonly variance: Reals
  readonly probabilities: Reals
}

/** How many draws moments are found by, where q has none in closed form. */
const DRAWS = 1000

export const MEAN = 'mean:'
export const VARIANCE = 'variance:'
export const PROBABILITIES = 'probabilities:'
const LISTED = 'values:'
const NOTHING = ':'

/** What finds q of examples: compiled once. */
export function encoderOf(
  applied: Applied,
): (examples: BoundExamples, randomness: Partial<Randomness>, who: string) => Promise<EncodedMoments> {
  const { latents } = applied.setting
  // A program gives something, also where there is no closed form.
  const program = chunkProgram(applied, ({ context }) => ({
    ...closedForms(applied.setting, context),
    [NOTHING]: fill([1], 0),
  }))
  const draw = drawerOf(applied)
  return async (examples, randomness, who) => {
    const parts: Plain[] = []
    const chunks = chunksOf(applied, examples, chunkSize(applied, 1, examples.count))
    const run = program(chunks.length)
    for (const chunk of chunks) {
      if (parts.length > 0) await pause()
      parts.push(await run(chunk, keyOf(0), 1))
    }
    const known = Object.fromEntries(
      Object.keys(parts[0]!).map((name) => [
        name,
        withoutFirst(
          joined(
            parts.map((part) => part[name]!),
            1,
          ),
        ),
      ]),
    )
    const of = (kind: string): Reals =>
      Object.fromEntries(latents.flatMap((name) => (known[kind + name] ? [[name, known[kind + name]!]] : [])))
    const probabilities = of(PROBABILITIES)
    const lists = Object.entries(probabilities).map(([name, own]) => {
      // Every example has the same list.
      const { data, shape } = withoutFirst(parts[0]![LISTED + name]!)
      return [name, momentsOfList(own, new NdArray(data, shape))] as const
    })
    const mean = { ...of(MEAN), ...Object.fromEntries(lists.map(([name, own]) => [name, own.mean])) }
    const variance = {
      ...of(VARIANCE),
      ...Object.fromEntries(lists.map(([name, own]) => [name, own.variance])),
    }
    const open = latents.filter((name) => !mean[name])
    if (open.length === 0) return { mean, variance, probabilities }
    if (randomness.seed === undefined && randomness.key === undefined)
      throw new DomainError(
        `${who}: q of "${open[0]}" has no moments in closed form: give a seed or a key, and they are found by draws`,
      )
    const key = keyFrom(who, randomness as Randomness)
    const drawn: ReturnType<typeof momentsOf>[] = []
    // Some examples at a time: their draws are many.
    for (const [at, chunk] of chunksOf(
      applied,
      examples,
      chunkSize(applied, DRAWS, examples.count),
    ).entries())
      drawn.push(momentsOf(await draw(chunk, DRAWS, foldIn(key, at), open)))
    const all = (kind: 'mean' | 'variance'): Reals =>
      Object.fromEntries(open.map((name) => [name, joined(drawn.map((part) => part[kind][name]!))]))
    return {
      mean: { ...mean, ...all('mean') },
      variance: { ...variance, ...all('variance') },
      probabilities,
    }
  }
}

/** What draws latents of examples, along a first axis: compiled once. */
export function drawerOf(
  applied: Applied,
): (examples: BoundExamples, count: number, key: Key, names: readonly string[]) => Promise<Plain> {
  const { latents } = applied.setting
  const program = chunkProgram(applied, ({ problem, parameters }, key) => {
    const values = problem.draw(parameters, key)
    return Object.fromEntries(latents.map((name) => [name, values[name]!]))
  })
  return async (examples, count, key, names) => {
    const parts: Plain[] = []
    const chunks = chunksOf(applied, examples, chunkSize(applied, count, examples.count))
    const run = program(chunks.length)
    for (const chunk of chunks) {
      if (parts.length > 0) await pause()
      parts.push(await run(chunk, foldIn(key, parts.length), count))
    }
    return Object.fromEntries(
      names.map((name) => [
        name,
        joined(
          parts.map((part) => part[name]!),
          1,
        ),
      ]),
    )
  }
}

/** Moments and probabilities that q has in closed form, by what they are and the latent's name. */
export function closedForms({ variational }: Setting, context: VariationalContext): SiteTensors {
  const found: Record<string, Tensor> = {}
  for (const [name, { mean, variance }] of Object.entries(variational.moments?.(context) ?? {})) {
    found[MEAN + name] = mean
    found[VARIANCE + name] = variance
  }
  for (const [name, { probabilities, values }] of Object.entries(
    variational.probabilities?.(context) ?? {},
  )) {
    found[PROBABILITIES + name] = probabilities
    found[LISTED + name] = values
  }
  const apart = variational.factors.filter(
    ({ reads, kind, sites }) =>
      kind && 'mean' in kind && 'variance' in kind && reads.length === 0 && !found[MEAN + sites[0]!],
  )
  const placed = apart.length > 0 ? (variational.distributions?.(context, {}) ?? {}) : {}
  for (const { sites, plates } of apart) {
    const [name] = sites as readonly [string]
    const own = placed[name]
    if (!own) continue
    const { mean, variance } = overPlates(plates, context.sizes, own.values, (values) => {
      const q = own.of(values) as unknown as { mean(): Tensor; variance(): Tensor }
      return { mean: q.mean(), variance: q.variance() }
    })
    found[MEAN + name] = mean
    found[VARIANCE + name] = variance
  }
  return found
}

function withoutFirst({ data, shape }: NdArray): NdArray<Float64Array> {
  return new NdArray(data as Float64Array, shape.slice(1))
}
