/* oxlint-disable-next-line import/no-unassigned-import -- a backend registers itself */
import '@tensorflow/tfjs-backend-cpu'
import { env } from '@tensorflow/tfjs-core'
import { key, ndarray, random, type NdArray } from '@variate/core'
import { adam, schedules } from '@variate/inference'
import { gaussianDecoder, vae } from '@variate/models/autoencoders'

env().set('PROD', true) // without a greeting on the console

/** A normal number through a map that was learnt. */
export interface LearnedMap {
  /** What it was learnt of: [1000, d]. */
  readonly data: readonly (readonly number[])[]
  /** Where the numbers of a grid are mapped to, and the logarithms of their densities. */
  readonly z: readonly number[]
  readonly means: readonly (readonly number[])[]
  /** Draws: [300] and [300, d]. */
  readonly drawn: { readonly z: readonly number[]; readonly x: readonly (readonly number[])[] }
}

/** The standard deviation about the map. */
export const NOISE = 0.2
const COUNT = 1000

/** As the page about autoencoders has them. */
export function learnedModes(): Promise<LearnedMap> {
  return learned(errors().map((error, i) => [(i % 2 === 0 ? -2 : 2) + 0.5 * error]))
}

export function learnedRing(): Promise<LearnedMap> {
  const angles = random.uniform(key(1), [COUNT]).data.map((u) => 2 * Math.PI * u)
  return learned(
    errors().map((error, i) => {
      const radius = 2 + 0.2 * error
      return [radius * Math.cos(angles[i]!), radius * Math.sin(angles[i]!)]
    }),
  )
}

function errors(): readonly number[] {
  return Array.from(random.normal(key(0), [COUNT]).data)
}

async function learned(data: readonly (readonly number[])[]): Promise<LearnedMap> {
  const algorithm = vae({
    data: data[0]!.length,
    latents: 1,
    hidden: [24, 24],
    decoder: gaussianDecoder({ scale: NOISE }),
    bound: 'importanceWeighted',
    particles: 3,
    batch: 50,
    epochs: 80,
    optimizer: adam({ rate: schedules.cosineDecay({ start: 0.02, steps: 1600 }) }),
  })
  const fit = await algorithm.fit({ x: ndarrayOf(data) }, { seed: 0 })
  const z = Array.from({ length: 401 }, (_, i) => (i - 200) / 40)
  const { x: means } = await fit.decode(ndarrayOf(z.map((own) => [own])))
  const drawn = await fit.sample(300, { seed: 1 })
  return {
    data,
    z,
    means: means.toNested<number[][]>(),
    drawn: { z: Array.from(drawn.z.data), x: drawn.x.toNested<number[][]>() },
  }
}

function ndarrayOf(rows: readonly (readonly number[])[]): NdArray<Float64Array> {
  return ndarray(Float64Array.from(rows.flat()), [rows.length, rows[0]!.length])
}
