/** Coordinates between two looks at the limit. */
const CHUNK = 32

/**
 * |xᵢ − cₖ|², or, where that is above `limit`, some number above `limit`: the sum is given up once it is there.
 * A sum of squares never falls as terms are added, rounded or not, so that comparisons come out the same.
 */
export function squaredDistance(
  x: Float64Array,
  i: number,
  centers: Float64Array,
  k: number,
  d: number,
  limit: number,
): number {
  if (d > CHUNK) return longDistance(x, i * d, centers, k * d, d, limit)
  let sum = 0
  for (let p = i * d, q = k * d, end = p + d; p < end; p++, q++) {
    const difference = x[p]! - centers[q]!
    sum += difference * difference
  }
  return sum
}

/** Four sums side by side, which do not wait for each other. */
function longDistance(
  x: Float64Array,
  p: number,
  centers: Float64Array,
  q: number,
  d: number,
  limit: number,
): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0]
  const stop = p + d
  while (p + 4 <= stop) {
    const end = Math.min(p + CHUNK, stop - 3)
    for (; p < end; p += 4, q += 4) {
      const d0 = x[p]! - centers[q]!
      const d1 = x[p + 1]! - centers[q + 1]!
      const d2 = x[p + 2]! - centers[q + 2]!
      const d3 = x[p + 3]! - centers[q + 3]!
      s0 += d0 * d0
      s1 += d1 * d1
      s2 += d2 * d2
      s3 += d3 * d3
    }
    if (s0 + s1 + (s2 + s3) > limit) return s0 + s1 + (s2 + s3)
  }
  for (; p < stop; p++, q++) {
    const difference = x[p]! - centers[q]!
    s0 += difference * difference
  }
  return s0 + s1 + (s2 + s3)
}
