import { logGammaDensity } from '../special/logGammaDensity.ts'
import { spareOfUniform, uniformOf, type ElementStream } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/** Below this rate: inversion. */
const SMALL_RATE = 10
/** No draw at a small rate exceeds this: it has probability 1e-76. */
const LARGEST_OF_SMALL = 110

/**
 * Draws from Poisson distributions: below a rate of 10 by inversion, above by PTRS (Hörmann 1993, “The transformed
 * rejection method for generating Poisson random variables”, Insurance: Mathematics and Economics 12 (1)), with
 * log probabilities that do not cancel.
 *
 * @param rate ≥ 0 and finite.
 */
export function fillPoisson(key: Key, rate: Parameter, out: Draws): void {
  fillBlocks(key, { rate }, out, drawPoisson, 'poisson')
}

function drawPoisson({ start, count, words, parameters, draws }: Block, stream: ElementStream): void {
  const rates = parameters[0]!
  let rate = NaN
  let probabilityOf0 = NaN
  let table = tableOf(SMALL_RATE)
  for (let i = 0; i < count; i++) {
    if (rates[i] !== rate) {
      rate = rates[i]!
      if (rate < SMALL_RATE) probabilityOf0 = Math.exp(-rate)
      else table = tableOf(rate < Infinity ? rate : NaN)
    }
    const word1 = words[2 * i + 1]!
    const uniform = uniformOf(words[2 * i]!, word1)
    if (rate < SMALL_RATE) {
      draws[i] = rate >= 0 ? invert(uniform, rate, probabilityOf0) : NaN
      continue
    }
    const u = uniform - 0.5
    const us = 0.5 - Math.abs(u)
    if (us >= 0.07 && (spareOfUniform(word1) + 1) * 2 ** -12 <= table.surely) {
      draws[i] = Math.floor(((2 * table.a) / us + table.b) * u + rate + 0.43)
    } else if (table.b > 0) {
      stream.seek(start + i)
      draws[i] = reject(rate, table, stream)
    } else draws[i] = NaN
  }
}

/** The first k at which the cumulated probability exceeds u. */
function invert(u: number, rate: number, probabilityOf0: number): number {
  let k = 0
  let probability = probabilityOf0
  while (u > probability && k < LARGEST_OF_SMALL) {
    u -= probability
    probability *= rate / ++k
  }
  return k
}

/** The constants of PTRS, named as in the paper; `surely` is its vᵣ. */
interface Table {
  readonly a: number
  readonly b: number
  readonly inverseAlpha: number
  readonly surely: number
}

function tableOf(rate: number): Table {
  const b = 0.931 + 2.53 * Math.sqrt(rate)
  return {
    a: -0.059 + 0.02483 * b,
    b,
    inverseAlpha: 1.1239 + 1.1328 / (b - 3.4),
    surely: 0.9277 - 3.6224 / (b - 2),
  }
}

function reject(rate: number, { a, b, inverseAlpha, surely }: Table, stream: ElementStream): number {
  for (;;) {
    const u = stream.candidate() - 0.5
    const v = stream.acceptance()
    const us = 0.5 - Math.abs(u)
    const k = Math.floor(((2 * a) / us + b) * u + rate + 0.43)
    if (us >= 0.07 && v <= surely) return k
    if (k < 0 || (us < 0.013 && v > us)) continue
    if (Math.log((v * inverseAlpha) / (a / (us * us) + b)) <= logGammaDensity(k + 1, rate)) return k
  }
}
