import { isDense } from './mixture.ts'
import { momentsPerComponent, type MixtureStatistics } from './statistics.ts'

/**
 * Σᵢ rᵢₖ·(xᵢ − m)(xᵢ − m)ᵀ of component k about any point m [d at `offset`], from the moments about its
 * centre: a full matrix [d, d] for dense forms, its diagonal [d] for the others.
 */
export function scatterAbout(
  statistics: MixtureStatistics,
  k: number,
  point: Float64Array,
  offset: number,
): Float64Array {
  const { dimension: d, counts, first, second, covariance } = statistics
  const count = counts[k]!
  const mean = k * d
  const shift = shiftTo(statistics, k, point, offset)
  const dense = isDense(covariance)
  const scatter = new Float64Array(dense ? d * d : d)
  for (let a = 0, packed = k * momentsPerComponent(statistics); a < d; a++) {
    // x − m = (x − c) + s, so each element is Σ r·z_a·z_b + s_a·f_b + f_a·s_b + N·s_a·s_b.
    for (let b = dense ? 0 : a; b <= a; b++, packed++) {
      const [sa, sb] = [shift[a]!, shift[b]!]
      const element = second[packed]! + sa * first[mean + b]! + first[mean + a]! * sb + count * sa * sb
      if (dense) scatter[a * d + b] = scatter[b * d + a] = element
      else scatter[a] = Math.max(0, element)
    }
  }
  return scatter
}

function shiftTo(
  { centers, dimension: d }: MixtureStatistics,
  k: number,
  point: Float64Array,
  offset: number,
): Float64Array {
  const shift = new Float64Array(d)
  for (let a = 0; a < d; a++) shift[a] = centers[k * d + a]! - point[offset + a]!
  return shift
}
