const GROWTH = 1.35

/**
 * ∫ f·dt/t over t > 0, w = 1 − e^(−t), by the trapezoidal rule in log t, which converges geometrically where f is smooth
 * at every scale: from a `start` below which f, 0 at 0, counts for nothing to where e^(−rate·t) is lost in rounding.
 *
 * With it Malmstén's integral of log Γ (DLMF 5.9.16) gives expectations of log k! and log Γ(k + r), for that of e^(−kt)
 * is the generating function: no sum over all counts.
 */
export function integralOverScales(f: (t: number, w: number) => number, start: number, rate: number): number {
  let sum = 0
  for (let t = start; t < 36 / rate; t *= GROWTH) sum += f(t, -Math.expm1(-t))
  return Math.log(GROWTH) * sum
}
