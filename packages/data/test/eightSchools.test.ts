import { describe, expect, it } from 'vitest'
import { eightSchools } from '../src/eightSchools.ts'

describe('eightSchools', () => {
  // Gelman et al., Bayesian Data Analysis (3rd ed.), table 5.2
  it('holds the table of Rubin (1981)', () => {
    const { y, sigma, schools } = eightSchools()
    expect(schools.map((school, i) => [school, y[i], sigma[i]])).toEqual([
      ['A', 28, 15],
      ['B', 8, 10],
      ['C', -3, 16],
      ['D', 7, 11],
      ['E', -1, 9],
      ['F', 1, 11],
      ['G', 18, 10],
      ['H', 12, 18],
    ])
  })

  // Bayesian Data Analysis, section 5.5: the pooled estimate is 7.7 with standard error 4.1
  it('gives the pooled estimate that the textbook states', () => {
    const { y, sigma } = eightSchools()
    const precision = sigma.map((scale) => scale ** -2)
    const total = precision.reduce((sum, value) => sum + value, 0)
    const pooled = y.reduce((sum, effect, i) => sum + effect * precision[i]!, 0) / total
    expect(pooled).toBeCloseTo(7.7, 1)
    expect(total ** -0.5).toBeCloseTo(4.1, 1)
  })
})
