import { amortized } from '@variate/inference'
import { hierarchicalVae } from '@variate/models/deep'
import { vae } from '@variate/models/autoencoders'
import type { Engine } from '@variate/compile'
import type { DigitAlgorithm } from './digitAlgorithm.ts'

export type DigitModelName = 'vae' | 'iwae' | 'two' | 'flat'

/** A model that both sides fit to the digits, by what it is called in tables. */
export interface DigitModel {
  readonly name: string
  readonly about: string
  /** Ours, through the public interface. */
  algorithm(epochs: number, engine?: Engine): DigitAlgorithm
  /** What is asked of PyTorch; see peer/digits.py. */
  readonly peer: Readonly<Record<string, unknown>>
}

const engineOf = (engine: Engine | undefined): { readonly engine?: Engine } =>
  engine === undefined ? {} : { engine }

/** All are fitted by Adam with the rate 0.001 to batches of 128. */
export const DIGIT_MODELS: Readonly<Record<DigitModelName, DigitModel>> = {
  vae: {
    name: 'VAE',
    about: '784-400-20, one draw',
    algorithm: (epochs, engine) => vae({ epochs, ...engineOf(engine) }),
    peer: {},
  },
  iwae: {
    name: 'IWAE',
    about: '784-400-20, k = 5',
    algorithm: (epochs, engine) =>
      vae({ epochs, bound: 'importanceWeighted', particles: 5, ...engineOf(engine) }),
    peer: { particles: 5 },
  },
  two: {
    name: 'two layers',
    about: '784-400-20-400-10, a ladder',
    algorithm: (epochs, engine) => {
      const { model, guide } = hierarchicalVae({ observed: 784, widths: [20, 10], hidden: 400 })
      return amortized(model, { guide, epochs, batch: { example: 128 }, ...engineOf(engine) })
    },
    peer: { widths: [20, 10] },
  },
  flat: {
    name: 'VAE, 2 latents',
    about: '784-400-2, one draw',
    algorithm: (epochs, engine) => vae({ epochs, latents: 2, ...engineOf(engine) }),
    peer: { latents: 2 },
  },
}
