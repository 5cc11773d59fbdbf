/** How far a sample is from being symmetric around 1/2, and how probable it is that a symmetric one is as far. */
export interface SymmetryTest {
  /** The Kolmogorov–Smirnov distance between the numbers and what they are from the other side, 1 − p. */
  readonly statistic: number
  readonly pValue: number
}

/**
 * The two-sample Kolmogorov–Smirnov distance of p and 1 − p, with its exact p-value. The two samples mirror each other, and
 * tables for independent samples would reject symmetric ones twice too often. Taken from outside to the middle, on which side a
 * number is are the throws of a fair coin, and the distance is the farthest that their walk is from where it begins.
 *
 * @param probabilities distinct numbers, none of which is 1/2.
 * @see Butler, A test for symmetry using the sample distribution function (Annals of Mathematical Statistics 1969).
 */
export function symmetryTest(probabilities: Float64Array): SymmetryTest {
  const n = probabilities.length
  const outside = probabilities.toSorted((a, b) => Math.abs(b - 0.5) - Math.abs(a - 0.5))
  let [at, farthest] = [0, 0]
  for (const p of outside) {
    at += p > 0.5 ? 1 : -1
    farthest = Math.max(farthest, Math.abs(at))
  }
  return { statistic: farthest / n, pValue: 1 - stayProbability(n, farthest) }
}

/** The probability that a walk of so many steps of 1 to either side never gets this far. */
function stayProbability(steps: number, far: number): number {
  // The places −far + 1 … far − 1, with one at each end that is never reached.
  let places = new Float64Array(2 * far + 1)
  places[far] = 1
  for (let step = 0; step < steps; step++)
    places = places.map((_, i) => (i === 0 || i === 2 * far ? 0 : (places[i - 1]! + places[i + 1]!) / 2))
  return places.reduce((a, b) => a + b, 0)
}
