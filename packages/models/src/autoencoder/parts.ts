import { DomainError } from '@variate/core'
import { shown } from '@variate/core/internal'
import type { Bernoulli, Distribution } from '@variate/distributions'
import { activation, mlp, sequential, type AnyNetwork } from '@variate/language'
import { requireKnown } from '../regression/checkOptions.ts'
import { bernoulliDecoder } from './decoders/bernoulliDecoder.ts'
import { beside } from './beside.ts'
import type { Decoder } from './decoders/decoder.ts'
import type { AutoencoderOptions } from './options.ts'

/** What an autoencoder is made of. */
export interface Parts<Of extends Distribution> {
  /** How many numbers an example has, and how many latents. */
  readonly data: number
  readonly latents: number
  readonly decoder: Decoder<Of>
  /** From an example, and `more` numbers behind it, to what linear heads read. */
  encoderNetwork(more?: number): AnyNetwork
  /** From latents, and `more` numbers behind them, to the decoder's numbers. */
  decoderNetwork(more?: number): AnyNetwork
}

const NAMES = [
  'data',
  'latents',
  'hidden',
  'activation',
  'decoder',
  'family',
  'bound',
  'particles',
  'beta',
  'warmUp',
  'freeBits',
  'optimizer',
  'batch',
  'epochs',
  'patience',
  'precision',
  'engine',
  'reproducible',
]

/**
 * The parts that options are of.
 *
 * @param own names of options besides those of all autoencoders.
 * @throws DomainError for options that there are not, and widths that are no whole numbers ≥ 1.
 */
export function partsOf<Of extends Distribution = Bernoulli>(
  who: string,
  options: AutoencoderOptions<Of>,
  own: readonly string[] = [],
): Parts<Of> {
  requireKnown(who, options, [...own, ...NAMES])
  const { data = 784, latents = 20, hidden = [400], activation: between = 'relu' } = options
  requireCount(who, 'data', data)
  requireCount(who, 'latents', latents)
  if (!Array.isArray(hidden)) throw new DomainError(`${who}: hidden must be a list, got ${shown(hidden)}`)
  hidden.forEach((width: number, i) => requireCount(who, `hidden[${i}]`, width))
  const decoder = options.decoder ?? (bernoulliDecoder() as Decoder as Decoder<Of>)
  return {
    data,
    latents,
    decoder,
    encoderNetwork: (more = 0) => {
      const read = decoder.reads?.(data)
      const layer = read && (more === 0 ? read : beside(read, more))
      const [width] = layer?.output ?? [data + more]
      if (hidden.length === 0) return layer ?? activation([width!], 'linear')
      const network = mlp([width!, ...hidden], { activation: between, output: between })
      return layer ? sequential([layer, network]) : network
    },
    decoderNetwork: (more = 0) =>
      mlp([latents + more, ...[...hidden].reverse(), decoder.width(data)], { activation: between }),
  }
}

/** @throws DomainError unless `value` is a whole number ≥ 1. */
export function requireCount(who: string, name: string, value: number): void {
  if (Number.isInteger(value) && value >= 1) return
  throw new DomainError(`${who}: ${name} must be a whole number ≥ 1, got ${shown(value)}`)
}
