import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { checkMembers, knowsMembers } from './checkMembers.ts'
import { subjects } from './subjects.ts'

test.each(subjects.filter(knowsMembers).map((subject) => [subject.name, subject] as const))(
  'cdf, quantiles, moments and entropy of %s, compiled, are those of the oracle',
  (_, subject) => {
    expect(checkMembers(subject).comparisons).toBeGreaterThan(0)
  },
)
