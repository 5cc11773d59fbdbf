import '@tensorflow/tfjs-backend-cpu'
import * as distributions from '@variate/distributions'
import { expect, test } from 'vitest'
import { checkDensities } from './checkDensities.ts'
import { subjects } from './subjects.ts'

/** What is exported besides factories of distributions. */
const OTHERS = [
  'biject',
  'constraints',
  'estimateKlDivergence',
  'hasClosedForm',
  'klDivergence',
  'klUpperBound',
  'linearLogProb',
  'toEvent',
]

test('every factory that is exported is tried', () => {
  const tried = new Set(subjects.map(({ of }) => of))
  const factories = Object.keys(distributions).filter((name) => !OTHERS.includes(name))
  expect(factories.length).toBeGreaterThan(60)
  expect(factories.filter((name) => !tried.has(name))).toEqual([])
})

test.each(subjects.map((subject) => [subject.name, subject] as const))(
  'log density and gradient of %s, compiled, are those of the oracle',
  (_, subject) => {
    expect(checkDensities(subject).comparisons).toBeGreaterThan(0)
  },
)
