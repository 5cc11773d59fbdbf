import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { halfCauchy, normal } from '@variate/distributions'
import { bbvi } from '@variate/inference'
import { model } from '@variate/language'
import { expect, test } from 'vitest'

const schools = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )
const data = { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] }

test.each([
  ['float32', 1e-4],
  ['float64', 1e-10],
] as const)(
  'the first 100 steps in ONNX Runtime are those of WebAssembly: %s',
  async (precision, tolerance) => {
    const before = memory().numTensors
    const options = { steps: 100, convergence: false, precision } as const
    const [onnx, wasm] = await Promise.all([
      bbvi(schools, { ...options, engine: 'onnx' }).fit(data, { seed: 0 }),
      bbvi(schools, { ...options, engine: 'wasm' }).fit(data, { seed: 0 }),
    ])
    expect(onnx.history).toHaveLength(100)
    for (const [i, objective] of onnx.history.entries())
      expect(Math.abs(objective - wasm.history[i]!)).toBeLessThan(tolerance * Math.abs(objective))
    expect(memory().numTensors).toBe(before)
  },
)
