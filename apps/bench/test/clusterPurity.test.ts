import { expect, test } from 'vitest'
import { clusterPurity } from '../src/mnist/clusterPurity.ts'

test('purity is the share of observations that belong to the commonest class of their cluster', () => {
  // The example of Manning, Raghavan & Schütze, "Introduction to Information Retrieval" (2008), figure 16.4.
  const clusters = [...Array(6).fill(0), ...Array(6).fill(1), ...Array(5).fill(2)] as number[]
  const classes = [...'xxxxxo', ...'xooood', ...'xxddd'].map((letter) => 'xod'.indexOf(letter))
  expect(clusterPurity(clusters, classes)).toBe(12 / 17)
})
