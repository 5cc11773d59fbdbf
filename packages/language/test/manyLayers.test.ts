import '@tensorflow/tfjs-backend-cpu'
import { expect, expectTypeOf, test } from 'vitest'
import { normal } from '@variate/distributions'
import { model, type LatentsOf } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

// prettier-ignore
const WIDTHS = [
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
  1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
] as const

test('a hierarchy of 120 layers has their names, and its density', async () => {
  const deep = model('deep')
    .layers(
      'z',
      WIDTHS,
      () => normal(0, 1),
      (_, above) => normal(above, 1),
    )
    .observed('x', ({ z120 }) => normal(z120, 1))
  expectTypeOf<LatentsOf<typeof deep>>().toHaveProperty('z120')
  expectTypeOf<LatentsOf<typeof deep>>().not.toHaveProperty('z121')
  const { z1, z120 } = await deep.sample({ seed: 0 })
  expect([z1.shape, z120.shape]).toEqual([[], []])
})
