/** 1/(k!·(k + 1)…(k + order)) for k = 0 … 37: Iₙ(x)/(x/2)ⁿ·n! as a power series in x²/4 (DLMF 10.25.2), |x| ≤ 20. */
export function besselSeries(order: number): readonly number[] {
  const series = [1]
  for (let k = 1; k < 38; k++) series.push(series[k - 1]! / (k * (k + order)))
  return series
}
