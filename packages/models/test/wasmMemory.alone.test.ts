import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NdArray } from '@variate/core'
import { largestDifference } from '@variate/testing'
import { FORMS, mixtureOf, pointsAbout } from './mixtures.ts'

const [ROWS, COMPONENTS, DIMENSION] = [12_000, 3, 4]
const { Module, Memory, Instance } = WebAssembly

// Modules are loaded anew: they remember that an engine refuses code.
beforeEach(() => void vi.resetModules())
afterEach(() => void vi.unstubAllGlobals())

const wasmKernelOf = async () => (await import('../src/gaussianMixture/wasm/wasmKernel.ts')).wasmKernel

/** Has the engine refuse memory. */
function refuseMemory() {
  const refused = vi.fn<() => WebAssembly.Memory>(function () {
    throw new RangeError('WebAssembly.Memory(): could not allocate memory')
  })
  vi.stubGlobal('WebAssembly', { Module, Memory: refused, Instance })
  return refused
}

test('where there is no memory for WebAssembly, fits are the same to 1e-9', async () => {
  const { gaussianMixture } = await import('@variate/models')
  for (const covariance of FORMS) {
    const mixture = mixtureOf(covariance, COMPONENTS, DIMENSION, 2)
    const x = new NdArray(pointsAbout(mixture, ROWS), [ROWS, DIMENSION])
    const init = { means: new NdArray(mixture.means, [COMPONENTS, DIMENSION]) }
    const fit = () =>
      gaussianMixture({ components: COMPONENTS, covariance }).fit(x, {
        init,
        tolerance: 0,
        maxIterations: 4,
      })
    const expected = await fit()
    const refused = refuseMemory()
    const actual = await fit()
    expect(refused).toHaveBeenCalledTimes(1)
    vi.unstubAllGlobals()
    expect(Math.abs(actual.logLikelihood / expected.logLikelihood - 1)).toBeLessThan(1e-9)
    for (const name of ['means', 'covariances', 'weights'] as const)
      expect(largestDifference(actual[name].data, expected[name].data)).toBeLessThan(1e-9)
  }
})

test('memory that could not be had is asked for again', async () => {
  const wasmKernel = await wasmKernelOf()
  const mixture = mixtureOf('full', COMPONENTS, DIMENSION)
  refuseMemory()
  expect(wasmKernel(mixture)).toBeUndefined()
  vi.unstubAllGlobals()
  expect(wasmKernel(mixture)).toBeDefined()
})

test('a mixture that addresses do not reach gets no kernel of WebAssembly, and others still do', async () => {
  const wasmKernel = await wasmKernelOf()
  const asked = vi.fn<typeof Module>()
  vi.stubGlobal('WebAssembly', { Module: asked, Memory, Instance })
  for (const [components, dimension] of [
    [50, 5000],
    [2000, 500],
  ] as const)
    expect(wasmKernel({ components, dimension, covariance: 'full' })).toBeUndefined()
  expect(asked).not.toHaveBeenCalled()
  vi.unstubAllGlobals()
  expect(wasmKernel(mixtureOf('full', COMPONENTS, DIMENSION))).toBeDefined()
})
