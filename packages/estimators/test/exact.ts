import type { Numbers } from './smallProblems.ts'

/** A distribution of weights: of each atom its probability under q, and log w. */
export interface Atom {
  readonly probability: number
  readonly logWeight: number
}

const logNormal = (x: number, mean: number, scale: number): number =>
  -0.5 * ((x - mean) / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)
const logBernoulli = (b: number, logits: number): number => -Math.log1p(Math.exp(b === 1 ? -logits : logits))

const SPACING = 0.7

/**
 * Nodes and weights for expectations under N(0, 1), by the trapezoid rule: bounds of two draws and their derivatives are within 1e-4
 * of those with nodes 0.25 apart.
 */
const NODES = Array.from({ length: 19 }, (_, i) => (i - 9) * SPACING).map((x) => ({
  x,
  weight: SPACING * Math.exp(logNormal(x, 0, 1)),
}))

export function gaussianAtoms({ model, guide }: Numbers, datum = 1.5): readonly Atom[] {
  const [mu, logNoise, m, s] = [model['mu']!, model['logNoise']!, guide['m']!, guide['s']!]
  return NODES.map(({ x, weight }) => {
    const z = m + Math.exp(s) * x
    const logP = logNormal(z, mu, 1) + logNormal(datum, z, Math.exp(logNoise))
    return { probability: weight, logWeight: logP - logNormal(z, m, Math.exp(s)) }
  })
}

export function switchedAtoms({ model, guide }: Numbers): readonly Atom[] {
  return [0, 1].map((b) => {
    const logQ = logBernoulli(b, guide['l']!)
    const logP = logBernoulli(b, model['a']!) + logNormal(1.2, model['c']! * b, 1)
    return { probability: Math.exp(logQ), logWeight: logP - logQ }
  })
}

export function mixedAtoms({ model, guide }: Numbers): readonly Atom[] {
  const [a, m, s, c, d] = [model['a']!, guide['m']!, guide['s']!, guide['c']!, guide['d']!]
  return NODES.flatMap(({ x, weight }) =>
    [0, 1].map((b) => {
      const z = m + Math.exp(s) * x
      const logQ = logBernoulli(b, c + d * z)
      const logP = logNormal(z, 0, 1) + logBernoulli(b, a * z) + logNormal(1.2, z + 2 * b, 1)
      return {
        probability: weight * Math.exp(logQ),
        logWeight: logP - logQ - logNormal(z, m, Math.exp(s)),
      }
    }),
  )
}

/** The mean of a symmetric function of k draws: each set of them once, as often as it can be ordered. */
export function expectation(
  atoms: readonly Atom[],
  count: number,
  f: (logWeights: readonly number[]) => number,
): number {
  const visit = (from: number, left: number, probability: number, chosen: readonly number[]): number => {
    if (left === 0) return probability * f(chosen)
    if (from === atoms.length) return 0
    let total = 0
    let ways = probability
    const { probability: own, logWeight } = atoms[from]!
    for (let times = 0; times <= left; times++) {
      const more = [...chosen, ...Array.from({ length: times }, () => logWeight)]
      if (ways > 1e-16) total += visit(from + 1, left - times, ways, more)
      ways *= (own * (left - times)) / (times + 1)
    }
    return total
  }
  return visit(0, count, 1, [])
}

/** log ((1/k) Σ wʳ)^(1/r). */
export function powerMean(logWeights: readonly number[], order: number): number {
  if (order === 0) return logWeights.reduce((total, x) => total + x, 0) / logWeights.length
  const scaled = logWeights.map((x) => order * x)
  const top = Math.max(...scaled)
  const total = scaled.reduce((sum, x) => sum + Math.exp(x - top), 0)
  return (top + Math.log(total / logWeights.length)) / order
}

/** The derivative of a function of the parameters in each of them, by central differences. */
export function derivatives(
  at: Numbers,
  f: (at: Numbers) => number,
  step = 1e-4,
): Readonly<Record<string, number>> {
  const of = (part: 'model' | 'guide') =>
    Object.keys(at[part]).map((name): [string, number] => {
      const moved = (by: number) => f({ ...at, [part]: { ...at[part], [name]: at[part][name]! + by } })
      return [name, (moved(step) - moved(-step)) / (2 * step)]
    })
  return Object.fromEntries([...of('model'), ...of('guide')])
}
