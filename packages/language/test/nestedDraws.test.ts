import '@tensorflow/tfjs-backend-cpu'
import { add, tensor1d } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { key, ndarray } from '@variate/core'
import { normal } from '@variate/distributions'
import { model, real } from '@variate/language'
import { initialParams } from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const one = model('one')
  .latent('h', normal(0, 1))
  .observed('x', ({ h }) => normal(h, 1))

test('draws for a prediction may be nested arrays, typed arrays, or tensors', async () => {
  const expected = await one.posteriorPredictive({ h: ndarray(Float64Array.of(1, 2), [2]) }, { seed: 0 })
  const tensor = tensor1d([1, 2])
  for (const h of [[1, 2], Float64Array.of(1, 2), tensor])
    expect((await one.posteriorPredictive({ h }, { seed: 0 })).x).toEqual(expected.x)
  tensor.dispose()
})

test('draws of which values are missing, and a single number, are refused', async () => {
  await expect(one.posteriorPredictive({ h: [1, null] }, { seed: 0 })).rejects.toThrow(
    'posteriorPredictive: draws of "h": values are missing',
  )
  await expect(one.posteriorPredictive({ h: 1 }, { seed: 0 })).rejects.toThrow(
    'draws lie along the first axis',
  )
})

test('tensors that a function of a parameter makes are disposed of, and those that it was given are not', () => {
  const made = model('made').param('w', real([2]), { init: () => add(tensor1d([1, 2]), 1) })
  expect(initialParams(made.program, new Map(), key(0))['w']).toMatchObject({ shape: [2] })
  const kept = tensor1d([3, 4])
  const given = model('given').plate('p', 2, (p) => p.param('w', real([2]), { init: () => kept }))
  const { w } = initialParams(given.program, new Map([['p', 2]]), key(0)) as unknown as {
    w: { data: Float64Array }
  }
  expect([...w.data]).toEqual([3, 4, 3, 4])
  expect(kept.isDisposed).toBe(false)
  kept.dispose()
})
