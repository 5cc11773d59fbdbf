/** Where the nodes end: what lies beyond has a weight below the precision of numbers near 1. */
const END = 3.1

export interface Quadrature {
  readonly nodes: Float64Array
  readonly weights: Float64Array
}

/**
 * Nodes and weights on (0, 1), for integrands that are smooth within and may go to infinity at the ends as logarithms do.
 *
 * @see Takahasi and Mori, Double exponential formulas for numerical integration (1974).
 */
export function tanhSinh(count: number): Quadrature {
  const h = (2 * END) / (count - 1)
  const nodes = new Float64Array(count)
  const weights = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    const t = i * h - END
    const u = 1 / (1 + Math.exp(-Math.PI * Math.sinh(t)))
    nodes[i] = u
    weights[i] =
      (h * Math.PI * Math.cosh(t)) /
      (2 + Math.exp(Math.PI * Math.sinh(t)) + Math.exp(-Math.PI * Math.sinh(t)))
  }
  const total = weights.reduce((a, b) => a + b, 0)
  return { nodes, weights: weights.map((w) => w / total) }
}
