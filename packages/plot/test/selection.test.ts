import { DomainError } from '@variate/core'
import { describe, expect, it } from 'vitest'
import { renderSvg } from '../src/renderSvg.ts'
import { selection, type SelectionRow } from '../src/selection.ts'
import { coordinates, readSvg } from './readSvg.ts'

// scikit-learn 1.9.1 on Old Faithful; null where a fit is degenerate
const rows: SelectionRow[] = [
  { components: 1, covariance: 'full', bic: 2607.62 },
  { components: 2, covariance: 'full', bic: 2322.19 },
  { components: 3, covariance: 'full', bic: null },
  { components: 4, covariance: 'full', bic: 2358.33 },
  { components: 4, covariance: 'tied', bic: 2320.14 },
  { components: 3, covariance: 'tied', bic: 2314.3 },
  { components: 2, covariance: 'tied', bic: 2325.22 },
  { components: 1, covariance: 'tied', bic: 2607.62 },
  { components: 1, covariance: 'spherical', bic: 4024.72 },
  { components: 2, covariance: 'spherical', bic: 3458.3 },
]
const draw = async (some: readonly SelectionRow[]) => readSvg(await renderSvg(selection({ rows: some })))

describe('selection', () => {
  it('draws one dot a fit and one line a form, broken where a fit was rejected', async () => {
    const { all } = await draw(rows)
    expect(all('[aria-description="fits"] circle')).toHaveLength(9)
    const starts = ['full', 'tied', 'spherical'].map((form) => {
      return all(`[aria-description="${form}"] path`)[0]!.getAttribute('d')!.match(/M/g)!.length
    })
    expect(starts).toEqual([2, 1, 1])
  })

  it('rings the lowest and writes its value', async () => {
    const { all, texts } = await draw(rows)
    const ring = all('[aria-description="chosen"] circle')[0]!
    const tied = coordinates(all('[aria-description="tied"] path')[0]!)
    expect(Number(ring.getAttribute('cx'))).toBeCloseTo(tied[2]![0], 1)
    expect(Number(ring.getAttribute('cy'))).toBeCloseTo(tied[2]![1], 1)
    expect(texts()).toEqual(
      expect.arrayContaining(['3 tied: BIC 2,314.30', 'components', 'BIC above the lowest']),
    )
  })

  it('names each form once', async () => {
    const { texts } = await draw(rows)
    for (const form of ['full', 'tied', 'spherical'])
      expect(texts().filter((text) => text === form)).toHaveLength(1)
  })

  it('draws the same whatever the order of the rows of a form', async () => {
    const sorted = rows.toSorted((a, b) => a.components - b.components)
    const path = async (some: readonly SelectionRow[]) =>
      (await draw(some)).all('[aria-description="tied"] path')[0]!.getAttribute('d')
    expect(await path(sorted)).toBe(await path(rows))
  })

  it('draws a single fit, and forms of which every fit was rejected', async () => {
    expect((await draw([rows[1]!])).texts()).toContain('2 full: BIC 2,322.19')
    const { all, texts } = await draw([rows[1]!, { components: 3, covariance: 'diagonal', bic: null }])
    expect(all('[aria-description="fits"] circle')).toHaveLength(1)
    expect(texts()).not.toContain('diagonal')
  })

  it('numbers every count that has room, and round ones otherwise', async () => {
    const numbers = async (most: number) => {
      const some = Array.from({ length: most }, (_, i) => ({ components: i + 1, covariance: 'full', bic: i }))
      const { all } = await draw(some)
      return all('[aria-label="x-axis tick label"] text').map((text) => text.textContent)
    }
    expect(await numbers(9)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9'])
    expect(await numbers(50)).toEqual(['5', '10', '15', '20', '25', '30', '35', '40', '45', '50'])
  })

  it('refuses rows without any BIC, and components that are not counts', () => {
    expect(() => selection({ rows: [] })).toThrow(
      new DomainError('selection: no row has a BIC that is a finite number (0 rows)'),
    )
    expect(() => selection({ rows: [{ components: 2, covariance: 'full', bic: null }] })).toThrow(DomainError)
    expect(() => selection({ rows: [{ components: 0, covariance: 'full', bic: 1 }] })).toThrow(
      'selection: components must be a whole number ≥ 1, got 0',
    )
  })
})
