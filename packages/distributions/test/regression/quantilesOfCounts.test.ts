import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, it } from 'vitest'
import * as distributions from '../../src/index.ts'
import type { Capabilities, Distribution } from '../../src/index.ts'

type Counts = Distribution & Pick<Capabilities, 'cdf' | 'icdf'>

const d = distributions
const counts: readonly (readonly [name: string, distribution: Counts, largest: number])[] = [
  ['bernoulli', d.bernoulli({ probs: 0.3 }), 1],
  ['binomial', d.binomial(1000, { probs: 0.3 }), 1000],
  ['binomial of logits', d.binomial(300, { logits: 2.5 }), 300],
  ['geometric', d.geometric({ probs: 0.01 }), 2000],
  ['poisson', d.poisson(30), 100],
  ['poisson of a large rate', d.poisson(1e4), 11_000],
  ['negativeBinomial', d.negativeBinomial(2.5, { probs: 0.9 }), 300],
  ['negativeBinomial2', d.negativeBinomial2(100, 0.3), 4000],
  ['betaBinomial', d.betaBinomial(2.5, 0.7, 500), 500],
  ['hypergeometric', d.hypergeometric(1000, 300, 400), 300],
  ['discreteUniform', d.discreteUniform(0, 3000), 3000],
  ['categorical', d.categorical({ logits: Array.from({ length: 50 }, (_, i) => Math.sin(i)) }), 49],
  [
    'orderedLogistic',
    d.orderedLogistic(
      0.3,
      Array.from({ length: 50 }, (_, i) => i / 8 - 3),
    ),
    50,
  ],
  ['censored', d.censored(d.poisson(30), { low: 20, high: 40 }), 40],
]

describe('quantiles', () => {
  it.each(counts)('of what the cdf of %s gives are where it was taken', (_, distribution, largest) => {
    const values = Array.from({ length: largest + 1 }, (__, k) => k)
    const p = distribution.cdf(values).dataSync() as Float32Array
    const got = distribution.icdf(p).dataSync()
    const wrong = values.filter((k) => p[k]! > (p[k - 1] ?? 0) && p[k]! < 1 && got[k] !== k)
    expect(wrong).toEqual([])
    expect(values.some((k) => p[k]! > 0 && p[k]! < 1)).toBe(true)
  })
})
