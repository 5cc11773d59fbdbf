import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gather } from '@variate/core/ops'
import { categorical, dirichlet, normal } from '@variate/distributions'
import {
  coordinateAscent,
  decodeCheckpoint,
  encodeCheckpoint,
  type CoordinateAscentProgress,
  type CoordinateAscentState,
} from '@variate/inference'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const mixture = coordinateAscent(
  model('mixture')
    .latent('weights', dirichlet([1, 1, 1]))
    .plate('component', 3, (k) => k.latent('mu', normal(0, 5)))
    .plate('point', 'n', (i) =>
      i
        .latent('c', ({ weights }) => categorical({ probs: weights }))
        .observed('x', ({ mu, c }) => normal(gather(mu, c), 1)),
    ),
)
const x = Array.from({ length: 60 }, (_, i) => [-6, 0, 5][i % 3]! + Math.sin(7 * i))

test('of several runs the best is kept, and the ELBO never falls', async () => {
  const fit = await mixture.fit({ x }, { seed: 3, restarts: 6 })
  expect(fit.restarts).toHaveLength(6)
  expect(fit.elbo).toBe(Math.max(...fit.restarts.map(({ score }) => score)))
  const elbos = fit.history.map(({ elbo }) => elbo)
  for (const [i, elbo] of elbos.entries())
    expect(elbo).toBeGreaterThanOrEqual((elbos[i - 1] ?? -Infinity) - 1e-9)
  expect([...fit.posterior.mean.mu.data].toSorted((a, b) => a - b).map(Math.round)).toEqual([-6, 0, 5])
  const again = await mixture.fit({ x }, { seed: 3, restarts: 6 })
  expect(again.elbo).toBe(fit.elbo)
})

test('a fit that is aborted goes on from a stored state as if it had not been', async () => {
  const options = { seed: 1, restarts: 3, tolerance: 0, maxIterations: 7 }
  const whole = await mixture.fit({ x }, options)
  const controller = new AbortController()
  let bytes: Uint8Array | undefined
  const progress: CoordinateAscentProgress[] = []
  const part = await mixture.fit(
    { x },
    {
      ...options,
      signal: controller.signal,
      onProgress: (now) => {
        progress.push(now)
        if (now.restart !== 1 || now.iteration !== 3) return
        bytes = encodeCheckpoint('cavi', now.state)
        controller.abort()
      },
    },
  )
  expect(part.restarts.at(-1)!.termination).toEqual({ kind: 'aborted', step: 3 })
  expect(progress[0]).toMatchObject({ restart: 0, restarts: 3, iteration: 1, maxIterations: 7 })
  const from = decodeCheckpoint('cavi', bytes!) as CoordinateAscentState
  const rest = await mixture.fit({ x }, { ...options, from })
  expect(rest.elbo).toBe(whole.elbo)
  expect(rest.history).toEqual(whole.history)
  expect(rest.posterior.mean.mu.data).toEqual(whole.posterior.mean.mu.data)
})

test('draws are those of q', async () => {
  const { posterior } = await mixture.fit({ x }, { seed: 3, restarts: 6 })
  const draws = await posterior.sample(4000, { seed: 0 })
  expect(draws.mu.shape).toEqual([4000, 3])
  expect(draws.c.shape).toEqual([4000, 60])
  for (let k = 0; k < 3; k++) {
    const own = Array.from({ length: 4000 }, (_, i) => draws.mu.at(i, k))
    const mean = own.reduce((a, b) => a + b, 0) / own.length
    const variance = own.reduce((s, m) => s + (m - mean) ** 2, 0) / own.length
    expect(
      Math.abs(mean - posterior.mean.mu.at(k)) / Math.sqrt(posterior.variance.mu.at(k) / 4000),
    ).toBeLessThan(4)
    expect(variance / posterior.variance.mu.at(k)).toBeCloseTo(1, 0.9)
  }
  await expect(posterior.sample(0, { seed: 0 })).rejects.toThrow('count must be a whole number ≥ 1, got 0')
  await expect(posterior.sample(1, {} as never)).rejects.toThrow('a seed or a key')
})
