import type { Objective } from './estimators.ts'

/** The derivatives of an objective by log p and by log q at each atom. */
export interface Coefficients {
  readonly p: Float64Array
  readonly q: Float64Array
}

/**
 * What is climbed is a function of log p and log q at all atoms, m = volume·q being their masses and w = log p − log q:
 *
 * - the ELBO, Σ m·w;
 * - the bound of two draws, ΣΣ mᵢ·mⱼ·log((e^wᵢ + e^wⱼ)/2), and Rényi's, with α·w for w, over α;
 * - of `thermodynamic` with two partitions ½·(Σ m·w + Σ h·w), h being proportional to √(p·q);
 * - of `reweightedWakeSleep` what has the gradient Σ s·∇(log p + log q), s being proportional to p.
 */
export function coefficientsOf(
  objective: Objective,
  p: Float64Array,
  q: Float64Array,
  volume: number,
): Coefficients {
  const mass = q.map((x) => volume * Math.exp(x))
  const w = p.map((x, i) => x - q[i]!)
  const elbo: Coefficients = { p: mass, q: mass.map((m, i) => m * (w[i]! - 1)) }
  switch (objective) {
    case 'elbo':
      return elbo
    case 'wake': {
      const share = softmax(p)
      return { p: share, q: share }
    }
    case 'thermodynamic': {
      const half = softmax(p.map((x, i) => (x + q[i]!) / 2))
      const mean = half.reduce((sum, h, i) => sum + h * w[i]!, 0)
      const moved = half.map((h, i) => (h * (w[i]! - mean)) / 2)
      return {
        p: moved.map((x, i) => (elbo.p[i]! + x + half[i]!) / 2),
        q: moved.map((x, i) => (elbo.q[i]! + x - half[i]!) / 2),
      }
    }
    case 'bound of two':
      return ofPairs(mass, w, 1)
    case 'renyi':
      return ofPairs(mass, w, 0.5)
  }
}

function softmax(x: Float64Array): Float64Array {
  const most = x.reduce((a, b) => Math.max(a, b), -Infinity)
  const all = x.map((own) => Math.exp(own - most))
  const total = all.reduce((a, b) => a + b, 0)
  return all.map((own) => own / total)
}

function ofPairs(mass: Float64Array, w: Float64Array, alpha: number): Coefficients {
  const { bounds, slopes } = pairwise(
    mass,
    w.map((x) => alpha * x),
  )
  const p = mass.map((m, i) => 2 * m * slopes[i]!)
  return { p, q: mass.map((m, i) => (2 * m * bounds[i]!) / alpha - p[i]!) }
}

/** The step of what functions of one number are interpolated by, and how small a part of the mass does not matter. */
const STEP = 1 / 32
const LEAST = 1e-17

/**
 * For each i, Σⱼ mⱼ·log((e^tᵢ + e^tⱼ)/2) and its derivative Σⱼ mⱼ/(1 + e^(tⱼ − tᵢ)). As these are smooth functions of t, cubic
 * interpolation from a grid gives them at all, and the masses themselves go to the grid by the same weights, which keep sums of
 * all such functions; where there is no mass they are not needed, and 0.
 */
function pairwise(mass: Float64Array, t: Float64Array) {
  const largest = mass.reduce((a, b) => Math.max(a, b), 0)
  const isSeen = (i: number): boolean => mass[i]! > LEAST * largest
  let [low, high] = [Infinity, -Infinity]
  for (const [i, x] of t.entries()) if (isSeen(i)) [low, high] = [Math.min(low, x), Math.max(high, x)]
  const nodes = Float64Array.from(
    { length: Math.ceil((high - low) / STEP) + 4 },
    (_, k) => low + (k - 1) * STEP,
  )
  const onGrid = new Float64Array(nodes.length)
  const spread = (i: number, visit: (node: number, weight: number) => void): void => {
    const at = (t[i]! - low) / STEP
    const left = Math.floor(at)
    for (const [k, weight] of cubic(at - left).entries()) visit(left + k, weight)
  }
  for (const i of mass.keys())
    if (isSeen(i)) spread(i, (node, weight) => (onGrid[node]! += weight * mass[i]!))
  const of = (f: (a: number, b: number) => number): Float64Array => {
    const values = nodes.map((a) => nodes.reduce((sum, b, k) => sum + onGrid[k]! * f(a, b), 0))
    return mass.map((_, i) => {
      let value = 0
      if (isSeen(i)) spread(i, (node, weight) => (value += weight * values[node]!))
      return value
    })
  }
  return {
    bounds: of((a, b) => Math.max(a, b) + Math.log1p(Math.exp(-Math.abs(a - b))) - Math.LN2),
    slopes: of((a, b) => 1 / (1 + Math.exp(b - a))),
  }
}

/** Lagrange's weights of the points −1, 0, 1 and 2 at x. */
function cubic(x: number): readonly number[] {
  const [a, b, c] = [x + 1, x - 1, x - 2]
  return [(-x * b * c) / 6, (a * b * c) / 2, (-a * x * c) / 2, (a * x * b) / 6]
}
