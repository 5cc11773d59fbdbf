import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { checkDraws, drawable } from './checkDraws.ts'
import { subjects } from './subjects.ts'

const drawn = subjects.map(drawable).filter(({ cases }) => cases.length > 0)

test.each(drawn.map((subject) => [subject.name, subject] as const))(
  'draws of %s, compiled, are eager ones',
  (_, subject) => {
    expect(checkDraws(subject).comparisons).toBeGreaterThan(0)
  },
)
