import { UnsupportedError } from '@variate/core'
import { TRANSLATIONS } from './translations.ts'

const NORMALISES =
  'it normalises over the examples of a batch, so that the density of one would depend on which others there are: use ' +
  'layerNormalization in its place'
const RANDOM = 'it is random in its own way: use dropout in its place'

/** Layers that are known, and why they are not taken. */
const REFUSED: Readonly<Record<string, string>> = {
  BatchNormalization: NORMALISES,
  GaussianNoise: RANDOM,
  GaussianDropout: RANDOM,
  AlphaDropout: RANDOM,
  SpatialDropout1D: RANDOM,
  SimpleRNN: 'it has no counterpart here: use gru in its place',
  LSTM: 'it has no counterpart here: use gru in its place',
}

/** Why a layer is not taken, and what to do. */
export function refused(who: string, kind: string): UnsupportedError {
  const why = Object.hasOwn(REFUSED, kind)
    ? REFUSED[kind]!
    : `it is none of ${Object.keys(TRANSLATIONS).join(', ')}: use these, or write it as a Network of your own, for sequential`
  return new UnsupportedError(`${who}: ${why}`)
}
