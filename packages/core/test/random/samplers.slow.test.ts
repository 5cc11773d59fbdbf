import { describe, expect, it } from 'vitest'
import { key } from '../../src/index.ts'
import { fillCase, nameOf } from './namedSamplers.ts'
import { countDraws, fitOfCounts, readOracle } from './samplerOracle.ts'

/** Of 2·10⁷ draws each; all checks together fail by chance with probability 1e-6. */
const oracle = readOracle('samplers-slow.json')
const CHUNK = 1_000_000

describe('20 million draws', () => {
  it.each(oracle.cases.map((each, i) => ({ ...each, name: nameOf(each), seed: 5000 + 100 * i })))(
    'of $name fall into each of about 200 bins as often as they should',
    (expected) => {
      const counts = new Float64Array(expected.probs.length)
      const draws = new Float64Array(CHUNK)
      for (let chunk = 0; chunk * CHUNK < oracle.draws; chunk++) {
        fillCase(expected, key(expected.seed + chunk), draws)
        countDraws(draws, expected, counts)
      }
      const { chiSquared, kolmogorov } = fitOfCounts(counts, expected, oracle)
      expect(chiSquared, 'χ²').toBeLessThan(1)
      expect(kolmogorov, 'Kolmogorov').toBeLessThan(1)
    },
    120_000,
  )
})
