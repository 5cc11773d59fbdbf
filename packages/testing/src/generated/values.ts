import { key } from '@variate/core'
import type { AnyDistribution } from '../distribution.ts'
import { read, tensorOf } from '../evaluate.ts'

/** Probabilities between which a density is well inside its support. */
export const PROBABILITIES: readonly number[] = [
  1e-6,
  0.01,
  0.1,
  0.25,
  0.5,
  0.75,
  0.9,
  0.99,
  1 - 2 ** -20,
].map(Math.fround)

/** Numbers where a distribution of numbers is asked, in order. */
export interface Values {
  /** Quantiles, or order statistics of draws; none where neither is known. */
  readonly typical: readonly number[]
  readonly all: readonly number[]
}

/**
 * Quantiles, ends of the support with what is next to them, and up to 1e4 scales to both sides.
 *
 * @param hasAtoms whether only values from one atom to the other can occur.
 */
export function valuesOf(distribution: AnyDistribution, hasAtoms: boolean): Values {
  const typical = typicalOf(distribution).filter(Number.isFinite)
  const middle = typical[typical.length >> 1] ?? 0
  const scale = (typical.at(-3) ?? 1) - (typical[2] ?? 0)
  const ends = [...endsOf(distribution), -1, 0, 1, typical[0] ?? 0, typical.at(-1) ?? 0]
  const far = [1, 10, 100, 1e4].flatMap((times) => [middle - times * scale, middle + times * scale])
  const around = [...ends, ...typical].flatMap((x) => [x, nextTo(x, 1), nextTo(x, -1)])
  const all = [...around, ...far, ...far.map(Math.round), ...typical.map(Math.round)]
    .map(Math.fround)
    .filter(Number.isFinite)
  const isPossible = (x: number): boolean =>
    !hasAtoms ||
    (x >= typical[0]! && x <= typical.at(-1)! && (!distribution.support.isDiscrete || Number.isInteger(x)))
  return { typical, all: [...new Set(all)].filter(isPossible).sort((a, b) => a - b) }
}

function typicalOf(distribution: AnyDistribution): readonly number[] {
  if (distribution.icdf) return read(() => distribution.icdf!(tensorOf(PROBABILITIES)))
  const draws = distribution.sample ? read(() => distribution.sample!(key(1), [200])) : []
  const sorted = draws.toSorted((a, b) => a - b)
  return PROBABILITIES.flatMap((p) => (sorted.length > 0 ? [sorted[Math.floor(p * 200)]!] : []))
}

function endsOf({ support }: AnyDistribution): readonly number[] {
  const { low, high } = support as { readonly low?: unknown; readonly high?: unknown }
  return [low, high].filter((end) => typeof end === 'number')
}

/** The float32 number above or below. */
function nextTo(x: number, direction: 1 | -1): number {
  const bits = new Int32Array(1)
  const float = new Float32Array(bits.buffer)
  float[0] = x
  if (x === 0) return direction * 2 ** -126
  bits[0]! += (x > 0 ? 1 : -1) * direction
  return float[0]!
}
