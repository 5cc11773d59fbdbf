import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { UnsupportedError } from '@variate/core'
import { abs, add, greater, sub, where } from '@variate/core/ops'
import { gamma, normal, poisson, uniform } from '@variate/distributions'
import { model, positive } from '@variate/language'
import { em } from '../../src/em/em.ts'
import { infer } from '../../src/infer/infer.ts'

// What looks as if it could be integrated where its density ends, or seems to be 0 everywhere, is sampled.

/** ∫ f by the midpoint rule. */
function integral(f: (z: number) => number, from: number, to: number): number {
  const [count, step] = [1e5, (to - from) / 1e5]
  let sum = 0
  for (let i = 0; i < count; i++) sum += f(from + (i + 0.5) * step)
  return sum * step
}

const density = (z: number): number => Math.exp(-0.5 * z ** 2) / Math.sqrt(2 * Math.PI)

test.each([0, 2])('a window around a normal latent, at %d', async (x) => {
  const window = model('window')
    .latent('z', normal(0, 1))
    .observed('x', ({ z }) => uniform(sub(z, 0.5), add(z, 0.5)))
  const { algorithm, logEvidence, standardError } = await infer(window).fit({ x }, { seed: 0 })
  expect(algorithm).not.toBe('enumeration')
  const expected = Math.log(integral(density, x - 0.5, x + 0.5))
  expect(Math.abs(logEvidence - expected)).toBeLessThan(4 * standardError)
})

test('a gamma latent in a narrow window', async () => {
  const window = model('window')
    .latent('r', gamma(2, 1))
    .factor('window', ({ r }) => where(greater(0.2, abs(sub(r, 3))), 0, -Infinity))
    .observed('n', ({ r }) => poisson(r))
  const { algorithm, logEvidence, standardError } = await infer(window).fit({ n: 3 }, { seed: 0 })
  expect(algorithm).not.toBe('enumeration')
  const expected = Math.log(integral((r) => (Math.exp(-2 * r) * r ** 4) / 6, 2.8, 3.2))
  expect(Math.abs(logEvidence - expected)).toBeLessThan(4 * standardError)
})

test('nor does em take a part of a normal distribution for the whole', async () => {
  const bounded = model('bounded')
    .param('s', positive())
    .plate('i', 'n', (i) =>
      i
        .latent('z', ({ s }) => normal(0, s))
        .factor('bound', ({ z }) => where(greater(z, -0.3), 0, -Infinity))
        .observed('x', ({ z }) => normal(z, 1)),
    )
  const fit = em(bounded).fit({ x: [0.5, 0.2, 3, 1, 2] }, { seed: 0 })
  await expect(fit).rejects.toThrow(UnsupportedError)
  await expect(fit).rejects.toThrow('not quadratic in "z"')
})
