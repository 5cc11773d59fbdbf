import { afterEach, expect, test, vi } from 'vitest'
import type { Covariance } from '@variate/models'
import { largestDifference } from '@variate/testing'
import { FORMS, mixtureOf, pointsAbout } from './mixtures.ts'

const [ROWS, COMPONENTS, DIMENSION] = [12_000, 3, 4]

/** A fit of so many iterations that none ends it, where the engine is as it is now, with modules loaded anew. */
async function fit(covariance: Covariance) {
  vi.resetModules()
  const { gaussianMixture } = await import('@variate/models')
  const mixture = mixtureOf(covariance, COMPONENTS, DIMENSION, 2)
  const nested = (numbers: Float64Array): number[][] =>
    Array.from({ length: numbers.length / DIMENSION }, (_, i) => [
      ...numbers.subarray(i * DIMENSION, (i + 1) * DIMENSION),
    ])
  const options = { init: { means: nested(mixture.means) }, tolerance: 0, maxIterations: 4 }
  const model = gaussianMixture({ components: COMPONENTS, covariance })
  return model.fit(nested(pointsAbout(mixture, ROWS)), options)
}

const { Module, Memory, Instance, validate, CompileError } = WebAssembly

/** Replaces what makes code of bytes. */
function makeCodeBy(make: (bytes: BufferSource) => WebAssembly.Module) {
  const made = vi.fn<(bytes: BufferSource) => WebAssembly.Module>(function (bytes) {
    return make(bytes)
  })
  vi.stubGlobal('WebAssembly', { Module: made, Memory, Instance, validate, CompileError })
  return made
}

afterEach(() => void vi.unstubAllGlobals())

const OBSTACLES = {
  'there is no WebAssembly': () => vi.stubGlobal('WebAssembly', undefined),
  'a policy forbids to make code, or there are no vectors': () =>
    makeCodeBy(() => {
      throw new CompileError('refused')
    }),
}

test.each(Object.entries(OBSTACLES))('where %s, fits are the same to 1e-9', async (_what, obstruct) => {
  for (const covariance of FORMS) {
    const made = makeCodeBy((bytes) => new Module(bytes))
    const expected = await fit(covariance)
    expect(made).toHaveBeenCalledTimes(1)
    obstruct()
    const actual = await fit(covariance)
    expect(made).toHaveBeenCalledTimes(1)
    expect(Math.abs(actual.logLikelihood / expected.logLikelihood - 1)).toBeLessThan(1e-9)
    expect(Math.abs(actual.icl / expected.icl - 1)).toBeLessThan(1e-9)
    for (const name of ['means', 'covariances', 'weights'] as const)
      expect(largestDifference(actual[name].data, expected[name].data)).toBeLessThan(1e-9)
  }
})

test('code that was refused is not offered again', async () => {
  const made = makeCodeBy(() => {
    throw new CompileError('refused')
  })
  vi.resetModules()
  const { gaussianMixture } = await import('@variate/models')
  const mixture = mixtureOf('full', COMPONENTS, DIMENSION, 2)
  const x = pointsAbout(mixture, ROWS)
  const rows = Array.from({ length: ROWS }, (_, i) => [...x.subarray(i * DIMENSION, (i + 1) * DIMENSION)])
  const model = gaussianMixture({ components: COMPONENTS })
  for (let times = 0; times < 2; times++) await model.fit(rows, { maxIterations: 2 })
  expect(made).toHaveBeenCalledTimes(1)
})
