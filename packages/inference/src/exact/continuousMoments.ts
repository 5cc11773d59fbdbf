import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { blocksByPrograms } from './blocksByPrograms.ts'
import type { Exact } from './exact.ts'
import type { Integrated } from './integrated.ts'
import type { GaussianPart } from './integrateGaussian.ts'
import { inverseDiagonal } from './triangles.ts'
import { offsetsOf, totalOf } from './quadratic.ts'

/** Moments of some numbers; or of each of several combinations, [combinations, numbers]. */
interface Moments<Data> {
  readonly mean: Data
  readonly variance: Data
}

/**
 * Means and variances of continuous latents: of mixtures, of a distribution for each combination of the discrete.
 *
 * @param weights the probabilities of each component's combinations.
 */
export function continuousMoments(
  { continuous, kinds }: Pick<Exact, 'continuous' | 'kinds'>,
  integrals: readonly Integrated[],
  weights: readonly Float64Array[],
): Moments<Readonly<Record<string, NdArray<Float64Array>>>> {
  const zeros = (size: number): Moments<Float64Array> => ({
    mean: new Float64Array(size),
    variance: new Float64Array(size),
  })
  const normal = zeros(totalOf(kinds.gaussian))
  for (const [i, { places, parts, conjugate }] of integrals.entries())
    mix(weights[i]!, conjugate ?? momentsOfParts(parts, places.length), places, normal)
  const all = new Map(
    [...continuous].map(([name, { lengths, event }]) => [name, zeros(sizeOf([...lengths, ...event]))]),
  )
  for (const { programs, blocks } of blocksByPrograms(integrals)) {
    const { size, count } = programs
    const { mean, variance } = programs.moments(
      Float64Array.from(blocks.flatMap(({ natural }) => [...natural])),
    )
    let at = 0
    for (const { block, natural, integral } of blocks) {
      const [from, to] = [at, (at += (natural.length / count) * size)]
      const own = { mean: mean.subarray(from, to), variance: variance.subarray(from, to) }
      const places = Array.from({ length: size }, (_, number) => block.from + number)
      mix(weights[integral]!, own, places, all.get(block.site.site.name)!)
    }
  }
  for (const [name, { from, size }] of offsetsOf(kinds.gaussian)) {
    all.get(name)!.mean.set(normal.mean.subarray(from, from + size))
    all.get(name)!.variance.set(normal.variance.subarray(from, from + size))
  }
  const each = (what: 'mean' | 'variance'): Readonly<Record<string, NdArray<Float64Array>>> =>
    Object.fromEntries(
      [...continuous].map(([name, { lengths, event }]) => [
        name,
        new NdArray(all.get(name)![what], [...lengths, ...event]),
      ]),
    )
  return { mean: each('mean'), variance: each('variance') }
}

/** Writes the moments of a mixture. */
function mix(
  weights: Float64Array,
  { mean, variance }: Moments<Float64Array>,
  places: readonly number[],
  to: Moments<Float64Array>,
): void {
  const count = places.length
  for (const [number, place] of places.entries()) {
    let first = 0
    for (const [row, weight] of weights.entries())
      if (weight > 0) first += weight * mean[row * count + number]!
    let second = 0
    for (const [row, weight] of weights.entries()) {
      const at = row * count + number
      if (weight > 0) second += weight * (variance[at]! + (mean[at]! - first) ** 2)
    }
    to.mean[place] = first
    to.variance[place] = Number.isFinite(first) ? second : Infinity
  }
}

function momentsOfParts(parts: readonly GaussianPart[], count: number): Moments<Float64Array> {
  const mean = new Float64Array(parts.length * count)
  const variance = new Float64Array(parts.length * count)
  for (const [row, part] of parts.entries()) {
    mean.set(part.mean, row * count)
    variance.set(inverseDiagonal(part.factor, count), row * count)
  }
  return { mean, variance }
}
