import { expect, test } from 'vitest'
import { digitClusters, purity } from '../src/digitClusters.ts'

test('each component tells which digits it holds, and components come by their main digit', () => {
  expect(digitClusters([0, 0, 0, 1, 1], [7, 7, 9, 3, 5])).toEqual([
    {
      component: 1,
      images: 2,
      digits: [
        { digit: 3, count: 1 },
        { digit: 5, count: 1 },
      ],
    },
    {
      component: 0,
      images: 3,
      digits: [
        { digit: 7, count: 2 },
        { digit: 9, count: 1 },
      ],
    },
  ])
})

test('of two components with the same main digit the larger one comes first', () => {
  expect(digitClusters([0, 1, 1], [4, 4, 4]).map(({ component }) => component)).toEqual([1, 0])
})

test('purity is the share of images that show the main digit of their component', () => {
  expect(purity(digitClusters([0, 0, 0, 1, 1], [7, 7, 9, 3, 5]))).toBe(3 / 5)
  expect(purity(digitClusters([0, 1, 2], [7, 7, 9]))).toBe(1)
})
