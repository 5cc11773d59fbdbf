import '@tensorflow/tfjs-backend-cpu'
import { normal } from '@variate/distributions'
import { model, positive } from '@variate/language'
import { expect, test } from 'vitest'
import { bbvi } from '../../src/bbvi/bbvi.ts'
import { searchRate } from '../../src/bbvi/searchRate.ts'

const one = model('one')
  .latent('z', normal(0, 1))
  .observed('x', ({ z }) => normal(z, 1))

test.each([
  [{ step: 5 }, 'model "one": bbvi: there is no option "step"; there are family'],
  [
    { convergence: { windows: 5 } },
    'model "one": bbvi: convergence has no option "windows"; there are window',
  ],
  [
    { family: 'meanField' },
    'model "one": bbvi: family must be one such as meanField() makes, got "meanField"',
  ],
  [{ estimator: {} }, 'model "one": bbvi: estimator must be one such as reparameterization() makes'],
  [
    { optimizer: 0.1 },
    'model "one": bbvi: optimizer must be one such as adam({ rate: 0.01 }) makes, got 0.1',
  ],
  [{ precision: 'float16' }, 'model "one": bbvi: precision must be one of float32, float64, got "float16"'],
  [{ engine: 'cuda' }, 'model "one": bbvi: engine must be one of auto, wasm, eager, onnx, got "cuda"'],
  [{ engine: 'onnx', reproducible: true }, "leave reproducible out, or use engine 'wasm'"],
  [{ engine: 'eager' }, "set precision: 'float32'"],
])('an option that would do nothing, or fail later, is refused at once: %o', (options, message) => {
  expect(() => bbvi(one, options as never)).toThrow(message)
})

test('a fit without a seed, and a search without a function, say what to give', async () => {
  await expect(bbvi(one, {}).fit({ x: 1 }, undefined as never)).rejects.toThrow(
    'a seed or a key must be given',
  )
  expect(() => searchRate(0.1 as never)).toThrow('(rate) => adam({ rate })')
})

test('a model without latents has a summary', async () => {
  const scale = model('scale')
    .param('s', positive())
    .plate('i', 'n', (i) => i.observed('x', ({ s }) => normal(0, s)))
  const fit = await bbvi(scale, { steps: 10 }).fit({ x: [1, 2] }, { seed: 0 })
  expect(fit.summary()).toContain('scale: all 10 steps')
})
