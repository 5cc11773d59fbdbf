import { describe, expect, it } from 'vitest'
import { highestDensity } from '../src/highestDensity.ts'

describe('highestDensity', () => {
  // A standard normal in two dimensions: the region that holds p ends where the density is (1 − p) of the peak.
  it('finds the thresholds of a normal distribution', () => {
    const side = 801
    const grid = Float64Array.from({ length: side * side }, (_, cell) => {
      const [x, y] = [((cell % side) - 400) / 60, (Math.floor(cell / side) - 400) / 60]
      return -(x * x + y * y) / 2
    })
    const levels = [0.1, 0.5, 0.9, 0.99]
    for (const [i, threshold] of highestDensity(grid, levels).entries()) {
      expect(threshold).toBeCloseTo(Math.log(1 - levels[i]!), 2)
    }
  })

  it('takes cells of the greatest density first', () => {
    const grid = Float64Array.from([0.1, 0.4, 0.2, 0.3, 0], Math.log)
    expect(highestDensity(grid, [0.3, 0.6, 0.85, 0.95]).map(Math.exp)).toEqual(
      [0.4, 0.3, 0.2, 0.1].map((density) => expect.closeTo(density, 12)),
    )
  })
})
