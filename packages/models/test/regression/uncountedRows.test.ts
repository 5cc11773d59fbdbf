import { describe, expect, test } from 'vitest'
import { oldFaithful } from '@variate/data'
import { gaussianMixture } from '@variate/models'

const rows = oldFaithful().toNested<number[][]>()
const model = gaussianMixture({ components: 2 })

describe('an observation of weight 0 does not count, whatever it is', () => {
  test.each([1e20, 1e30, 1e200])('[%f, 0]', async (value) => {
    const [first, last] = [
      [[value, 0], ...rows],
      [...rows, [value, 0]],
    ]
    const plain = await model.fit(rows, { weights: rows.map(() => 1) })
    for (const x of [first, last]) {
      const fit = await model.fit(x, { weights: x.map((row) => (row[0] === value ? 0 : 1)) })
      expect(fit.toJSON()).toEqual(plain.toJSON())
    }
  })

  test('neither does its label', async () => {
    const labels: number[] = rows.map((row) => (row[0]! < 3 ? 0 : 1))
    const lone = labels.map(() => 0).with(0, 1)
    const weights = rows.map((_, i) => (i === 0 ? 0 : 1))
    await expect(model.fit(rows, { labels: lone, weights })).rejects.toThrow(
      'labels leave component 1 without',
    )
    const fit = await model.fit(rows, { labels: labels.with(0, 1 - labels[0]!), weights })
    expect(fit.toJSON()).toEqual(
      (await model.fit(rows.slice(1), { labels: labels.slice(1), weights: weights.slice(1) })).toJSON(),
    )
  })

  test('neither do its responsibilities', async () => {
    const responsibilities = rows.map((row, i) => (i === 5 ? [0.5, 0.5] : row[0]! < 3 ? [1, 0] : [0, 1]))
    const weights = rows.map((_, i) => (i === 5 ? 0 : 1))
    const kept = (_: unknown, i: number) => i !== 5
    const fit = await model.fit(rows, { init: { responsibilities }, weights })
    const without = {
      init: { responsibilities: responsibilities.filter(kept) },
      weights: weights.filter(kept),
    }
    expect(fit.toJSON()).toEqual((await model.fit(rows.filter(kept), without)).toJSON())
  })
})

test('weights matter by their ratios alone', async () => {
  const options = { tolerance: 0, maxIterations: 10 }
  const plain = await model.fit(rows, { ...options, weights: rows.map(() => 1) })
  for (const weight of [1e-120, 1e120]) {
    const fit = await model.fit(rows, { ...options, weights: rows.map(() => weight) })
    fit.means.data.forEach((value, at) => expect(value).toBeCloseTo(plain.means.data[at]!, 10))
  }
  await expect(model.fit(rows, { weights: rows.map(() => 1e308) })).rejects.toThrow(
    'the sum of the weights overflows',
  )
})

test('responsibilities that sum to 1 up to rounding are a start like exact ones', async () => {
  const responsibilities = rows.map((row) => (row[0]! < 3 ? [1 + 4e-7, 0] : [0, 1 - 4e-7]))
  const fit = await model.fit(rows, { init: { responsibilities } })
  expect(fit.termination.kind).toBe('converged')
})
