import { mnist } from '@variate/data'
import { expect, test } from 'vitest'
import { digitSplit } from '../src/digits/digitSplit.ts'
import { meanOverDigits, pairedDifference, spreadOf } from '../src/digits/pairedDifference.ts'
import { reportOf, type Found } from '../src/digits/report.ts'

test('every digit is either fitted to or judged by, and those that judge are 0 and 1', async () => {
  const { train, test: own } = await digitSplit()
  expect([train.shape, own.shape]).toEqual([
    [9000, 784],
    [1000, 784],
  ])
  expect(own.data.every((pixel) => pixel === 0 || pixel === 1)).toBe(true)
  const { images } = await mnist()
  const brightness = (x: Float32Array): number => x.reduce((a, b) => a + b, 0)
  // What is not in one part is in the other, drawn: 784,000 pixels, whose variance is at most a quarter.
  const left = brightness(images.data) - brightness(train.data)
  expect(Math.abs(brightness(own.data) - left)).toBeLessThan(5 * Math.sqrt(784_000 / 4))
  expect((await digitSplit()).test.data).toEqual(own.data)
})

// By hand: means over seeds are [2, 4, 6] and [1, 2, 3], whose differences are [1, 2, 3].
test('differences are taken digit by digit, of means over seeds', () => {
  const one = [
    [1, 4, 5],
    [3, 4, 7],
  ]
  const other = [
    [0, 2, 3],
    [2, 2, 3],
  ]
  expect(pairedDifference(one, other)).toEqual({ mean: 2, standardError: Math.sqrt(1 / 3) })
  expect(meanOverDigits(one)).toEqual({ mean: 4, standardError: Math.sqrt(4 / 3) })
  expect(spreadOf(one)).toEqual([10 / 3, 14 / 3])
})

test('a difference below its bar is said to be missed, and a likelihood below all seeds of PyTorch', () => {
  const run = (side: 'ours' | 'torch', model: 'vae' | 'iwae' | 'two', seed: number, mean: number): Found => ({
    side,
    model,
    seed,
    epochs: 100,
    particles: 5000,
    seconds: { fit: 1, likelihood: 1 },
    pointwise: [mean - 1, mean + 1],
  })
  const found = [
    run('ours', 'vae', 0, -96),
    run('ours', 'iwae', 0, -95.7),
    run('torch', 'vae', 0, -95),
    run('torch', 'vae', 1, -97),
    run('torch', 'iwae', 0, -95.4),
    run('torch', 'iwae', 1, -95.6),
    run('ours', 'two', 0, -97),
    run('torch', 'two', 0, -95.4),
  ]
  const { rows } = reportOf(found, 'here', false)
  const last = (name: string): string => rows.find(([first]) => first === name)!.at(-1)!
  expect(last('VAE: variate')).toBe('met')
  expect(last('IWAE: variate')).toBe('missed')
  expect(last('IWAE − VAE: variate')).toBe('missed')
  expect(last('IWAE − VAE: PyTorch')).toBe('met')
  // Of one seed there is no spread to lie in; differences are of as many seeds of both: −95.4 less −95.
  expect(last('two layers: variate')).toBe('')
  expect(last('two layers − VAE: PyTorch')).toBe('missed')
})
