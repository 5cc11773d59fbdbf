import type { RandomSite } from '../description.ts'

/** From so far left to so far right in log v, at steps for which the trapezoidal rule is exact to 1e-13. */
const [LOW, HIGH, STEP] = [-4, 12, 0.15]

/**
 * Values of a common variance or precision, between which the trapezoidal rule in its logarithm integrates.
 *
 * @see Trefethen and Weideman, The exponentially convergent trapezoidal rule (2014), theorem 5.1.
 */
export function scaleNodes({ of }: RandomSite): readonly number[] {
  const sign = of.family === 'gamma' ? -1 : 1
  return Array.from({ length: Math.floor((HIGH - LOW) / STEP) + 1 }, (_, i) =>
    Math.exp(sign * (LOW + i * STEP)),
  )
}

/** The logarithm of the weight of a node, in nats. */
export function logWeightOf(node: number): number {
  return Math.log(node * STEP)
}
