import type { FactorFamily } from './factorFamily.ts'
import { gaussian } from './gaussian.ts'

/** Log-normal numbers: their logarithms are normal, T = (log x, (log x)²), h = 1/x. */
export function logNormals(): FactorFamily {
  const logs = gaussian(1)
  const exp = (x: Float64Array): Float64Array => x.map((own) => Math.exp(own))
  return {
    ...logs,
    name: 'logNormal',
    base: Float64Array.of(-1, 0),
    statistics: (values) => logs.statistics(values.map((x) => Math.log(x))),
    design: (scale) => exp(logs.design(1)).map((x) => x * scale),
    elsewhere: (scale, key) =>
      exp(logs.elsewhere(1, key).map((u) => Math.max(-30, Math.min(30, u)))).map((x) => x * scale),
    moments: (natural) => {
      const { mean, variance } = logs.moments(natural)
      const means = mean.map((m, i) => Math.exp(m + variance[i]! / 2))
      return { mean: means, variance: variance.map((v, i) => Math.expm1(v) * means[i]! ** 2) }
    },
    draw: (key, natural, times) => exp(logs.draw(key, natural, times)),
  }
}
