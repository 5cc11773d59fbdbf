/**
 * E f(k) under a unimodal distribution of counts 0, 1, …, summed from its mode outwards to where nothing is left.
 *
 * @param ratio P(k + 1) / P(k); 0 at the largest k.
 */
export function expectationOfCounts(
  f: (k: number) => number,
  mode: number,
  ratio: (k: number) => number,
): number {
  let weights = 1
  let sum = f(mode)
  for (let k = mode, weight = ratio(k); weight > weights * 1e-20; weight *= ratio(k)) {
    weights += weight
    sum += weight * f(++k)
  }
  for (let k = mode, weight = 1; k > 0;) {
    weight /= ratio(--k)
    if (!(weight > weights * 1e-20)) break
    weights += weight
    sum += weight * f(k)
  }
  return sum / weights
}
