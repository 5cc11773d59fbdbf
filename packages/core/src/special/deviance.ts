/**
 * u − log(1 + u) ≥ 0 for u > −1, without cancellation near 0: with s = u/(2 + u) it is s·u − 2s³·(1/3 + s²/5
 * + s⁴/7 + …) (the deviance part of Loader 2000, "Fast and accurate computation of binomial probabilities").
 */
export function deviance(u: number): number {
  if (!(u > -0.3 && u < 0.42)) return u - Math.log1p(u)
  const s = u / (2 + u)
  const t = s * s
  const tail = 1 / 13 + t * (1 / 15 + t * (1 / 17 + t * (1 / 19 + t * (1 / 21))))
  const series = 1 / 3 + t * (1 / 5 + t * (1 / 7 + t * (1 / 9 + t * (1 / 11 + t * tail))))
  return s * u - 2 * s * t * series
}
