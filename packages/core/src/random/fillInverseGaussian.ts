import { fractionOf, signOf, spareOfNormal, type ElementStream } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'
import { NORMAL } from './ziggurat.ts'

/**
 * Draws from inverse Gaussian distributions: of the two roots of λ(x − μ)²/(μ²x) = z², z a normal, the lesser, x, with
 * probability μ/(μ + x), else μ²/x (Michael, Schucany and Haas 1976, “Generating random variates using
 * transformations with multiple roots”, The American Statistician 30 (2)). With w = μz²/2λ the roots are
 * μ·(1 + w ± √(w(2 + w))), whose product is μ²: the lesser is got from the greater, without cancellation.
 *
 * @param mean μ > 0 and finite.
 * @param concentration λ > 0 and finite.
 */
export function fillInverseGaussian(key: Key, mean: Parameter, concentration: Parameter, out: Draws): void {
  fillBlocks(key, { mean, concentration }, out, drawInverseGaussian)
}

function drawInverseGaussian(block: Block, stream: ElementStream): void {
  const { start, count, words, parameters, draws } = block
  const means = parameters[0]!
  const concentrations = parameters[1]!
  for (let i = 0; i < count; i++) {
    const mean = means[i]!
    const concentration = concentrations[i]!
    if (!(mean > 0 && mean < Infinity && concentration > 0 && concentration < Infinity)) {
      draws[i] = NaN
      continue
    }
    const word = words[2 * i]!
    const layer = word & 0xff
    const z = fractionOf(word, words[2 * i + 1]!) * NORMAL.radii[layer]! * signOf(word)
    const greater = greaterRoot(z, mean, concentration)
    const ofLesser = greater / (1 + greater)
    const spare = spareOfNormal(word)
    const isNormal = Math.abs(z) < NORMAL.radii[layer + 1]!
    if (isNormal && (spare + 1) * 2 ** -12 <= ofLesser) draws[i] = mean / greater
    else if (isNormal && spare * 2 ** -12 >= ofLesser) draws[i] = mean * greater
    else {
      stream.seek(start + i)
      draws[i] = draw(mean, concentration, stream)
    }
  }
}

function draw(mean: number, concentration: number, stream: ElementStream): number {
  const greater = greaterRoot(stream.normal(), mean, concentration)
  return stream.acceptance() <= greater / (1 + greater) ? mean / greater : mean * greater
}

/** The greater root over μ: at least 1, and finite. */
function greaterRoot(z: number, mean: number, concentration: number): number {
  const w = (mean / concentration) * ((z * z) / 2)
  return Math.min(1 + w + Math.sqrt(w) * Math.sqrt(2 + w), Number.MAX_VALUE)
}
