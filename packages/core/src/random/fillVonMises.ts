import { spareOfUniform, uniformOf, type ElementStream } from './elementStream.ts'
import { fillBlocks, type Block, type Draws, type Parameter } from './fillBlocks.ts'
import type { Key } from './key.ts'

/**
 * Draws from von Mises distributions of mean direction 0, from −π to π, by rejection from the wrapped Cauchy
 * distribution (Best and Fisher 1979, “Efficient simulation of the von Mises distribution”, Applied Statistics
 * 28 (2)). In half-angle tangents, a wrapped Cauchy draw is tan(θ/2) = s·tan(πu/2) with u uniform on (−1, 1): in
 * this form nothing cancels, from the uniform distribution at κ = 0 to the normal one of variance 1/κ.
 *
 * @param concentration κ ≥ 0 and finite.
 */
export function fillVonMises(key: Key, concentration: Parameter, out: Draws): void {
  fillBlocks(key, { concentration }, out, drawVonMises)
}

function drawVonMises({ start, count, words, parameters, draws }: Block, stream: ElementStream): void {
  const concentrations = parameters[0]!
  let kappa = NaN
  let scale = NaN
  let offset = NaN
  for (let i = 0; i < count; i++) {
    if (concentrations[i] !== kappa) {
      kappa = concentrations[i]!
      // τ = 1 + √(1 + 4κ²) and r = τ/2κ of the paper: τ − 2κ, by which s² = (r − 1)/(r + 1) and c at θ = 0.
      const root = kappa >= 0 && kappa < Infinity ? Math.hypot(1, 2 * kappa) : NaN
      const difference = 1 + 1 / (root + 2 * kappa)
      scale = Math.sqrt(difference / (1 + root + 2 * kappa))
      offset = difference / 2
    }
    const word1 = words[2 * i + 1]!
    const u = 2 * uniformOf(words[2 * i]!, word1) - 1
    const tangent = scale * Math.tan((Math.PI / 2) * u)
    const c = costOf(tangent, kappa, offset)
    if ((spareOfUniform(word1) + 1) * 2 ** -12 <= c * (2 - c)) draws[i] = 2 * Math.atan(tangent)
    else if (offset > 0) {
      stream.seek(start + i)
      draws[i] = reject(kappa, scale, offset, stream)
    } else draws[i] = NaN
  }
}

function reject(kappa: number, scale: number, offset: number, stream: ElementStream): number {
  for (;;) {
    const tangent = scale * Math.tan((Math.PI / 2) * (2 * stream.candidate() - 1))
    const c = costOf(tangent, kappa, offset)
    if (Math.log(stream.acceptance()) <= Math.log(c) + 1 - c) return 2 * Math.atan(tangent)
  }
}

/** c = κ(r − cos θ) of the paper, as κ(r − 1) + κ(1 − cos θ), from tan(θ/2). */
function costOf(tangent: number, kappa: number, offset: number): number {
  const sine = tangent / Math.hypot(1, tangent)
  return offset + 2 * kappa * sine * sine
}
