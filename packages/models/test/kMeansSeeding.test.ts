import { describe, expect, test } from 'vitest'
import { foldIn, key } from '@variate/core'
import { kMeans } from '@variate/models'

/** Points on a line; their weights below are such that no two choices leave the same potential. */
const PLACES = [0, 1, 2.3, 5.1, 9.7, 10.2]
const x = PLACES.map((place) => [place])

/** Each sequence of seeds with its probability, by going through every draw: D² sampling, the best of t draws. */
function exactProbabilities(clusters: number, weights: readonly number[]): Map<string, number> {
  const trials = 2 + Math.floor(Math.log(clusters))
  const result = new Map<string, number>()
  const potentials = (seeds: readonly number[]) =>
    PLACES.map((place, i) => weights[i]! * Math.min(...seeds.map((seed) => (place - PLACES[seed]!) ** 2)))
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0)
  const extend = (seeds: readonly number[], probability: number): void => {
    if (probability === 0) return
    if (seeds.length === clusters) {
      result.set(seeds.join(), (result.get(seeds.join()) ?? 0) + probability)
      return
    }
    const chances = potentials(seeds).map((value, _, all) => value / sum(all))
    const left = PLACES.map((_, i) => sum(potentials([...seeds, i])))
    // The best of t draws is candidate c: no draw is better, and not all are worse.
    for (const c of PLACES.keys()) {
      const notBetter = sum(chances.filter((_, i) => left[i]! >= left[c]!))
      const worse = sum(chances.filter((_, i) => left[i]! > left[c]!))
      extend([...seeds, c], chances[c] === 0 ? 0 : probability * (notBetter ** trials - worse ** trials))
    }
  }
  for (const first of PLACES.keys()) extend([first], weights[first]! / sum(weights))
  return result
}

/** What a χ² variable passes with probability 1e-6: Wilson & Hilferty, PNAS 17 (1931). */
function criticalValue(degrees: number): number {
  const spread = 2 / (9 * degrees)
  return degrees * (1 - spread + 4.7534 * Math.sqrt(spread)) ** 3
}

const DRAWS = 20_000

describe('k-means++ seeding', () => {
  test.each([
    { clusters: 2, weights: [1, 2, 1.5, 0.7, 1.2, 0.4] },
    { clusters: 3, weights: [1, 2, 1.5, 0.7, 1.2, 0.4] },
    { clusters: 3, weights: [2, 0, 1, 0.5, 3, 1] },
  ])(
    'draws the seeds with their exact probabilities: $clusters of weights $weights',
    ({ clusters, weights }) => {
      const probabilities = exactProbabilities(clusters, weights)
      expect([...probabilities.values()].reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12)
      const { init } = kMeans({ clusters }).algorithm(x, { weights })
      const counts = new Map<string, number>()
      for (let draw = 0; draw < DRAWS; draw++) {
        const seeds = Array.from(init(foldIn(key(1), draw)).centers, (place) => PLACES.indexOf(place)).join()
        counts.set(seeds, (counts.get(seeds) ?? 0) + 1)
      }
      for (const seeds of counts.keys()) expect(probabilities.get(seeds)).toBeGreaterThan(0)

      // Rare sequences are counted together, so that every cell expects at least 5.
      const cells = [...probabilities].map(([seeds, probability]) => ({
        expected: probability * DRAWS,
        seen: counts.get(seeds) ?? 0,
      }))
      const common = cells.filter(({ expected }) => expected >= 5)
      const rare = cells
        .filter(({ expected }) => expected < 5)
        .reduce((a, b) => ({ expected: a.expected + b.expected, seen: a.seen + b.seen }), {
          expected: 0,
          seen: 0,
        })
      const all = rare.expected >= 5 ? [...common, rare] : common
      const chiSquared = all.reduce((sum, { expected, seen }) => sum + (seen - expected) ** 2 / expected, 0)
      expect(chiSquared).toBeLessThan(criticalValue(all.length - 1))
    },
  )

  test('without weights the seeds are those of equal weights', () => {
    const plain = kMeans({ clusters: 3 }).algorithm(x)
    const weighted = kMeans({ clusters: 3 }).algorithm(x, { weights: PLACES.map(() => 1) })
    for (let draw = 0; draw < 100; draw++) expect(plain.init(key(draw))).toEqual(weighted.init(key(draw)))
  })

  test('points of no weight are never seeds, not even where there are fewer places than clusters', () => {
    const { init } = kMeans({ clusters: 3 }).algorithm([[9], [1], [1], [2]], { weights: [0, 1, 1, 1] })
    for (let draw = 0; draw < 100; draw++) {
      const seeds = [...init(key(draw)).centers]
      expect(seeds).not.toContain(9)
      expect(new Set(seeds)).toEqual(new Set([1, 2]))
    }
  })
})
