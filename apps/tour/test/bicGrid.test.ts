import { expect, test } from 'vitest'
import { bicGrid, lowest } from '../src/bicGrid.ts'

const CANDIDATES = [
  { components: 1, covariance: 'full', fit: { bic: 20 }, rejected: 0 },
  { components: 1, covariance: 'tied', fit: { bic: 10.126 }, rejected: 2 },
  { components: 2, covariance: 'full', fit: null, rejected: 5 },
]

test('the grid has a row a count and a column a form, marks the lowest, and counts degenerate runs', () => {
  expect(bicGrid(CANDIDATES, [1, 2], ['full', 'tied']).split('\n')).toEqual([
    'components             full         tied',
    '─'.repeat(42),
    '1                     20.00        **10.13 ◀**',
    '2                degenerate    not tried',
    '─'.repeat(42),
    'degenerate runs           5            2',
  ])
})

test('a degenerate candidate is never the lowest', () => {
  expect(lowest(CANDIDATES)).toBe(CANDIDATES[1])
  expect(lowest(CANDIDATES.slice(2))).toBeUndefined()
})
