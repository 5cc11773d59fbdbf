import * as os from 'node:os'
import * as workers from 'node:worker_threads'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { NdArray } from '@variate/core'
import { gaussianMixture, type Covariance } from '@variate/models'
import { mixtureOf, pointsAbout } from './mixtures.ts'

// Which fits ask for helpers, and what becomes of those that cannot have any.

const { Module, Memory, Instance } = WebAssembly
const [COMPONENTS, DIMENSION] = [3, 24]
const [LARGE, SMALL] = [20_000, 2000]

let cores = 2
const asked = vi.fn<(order: unknown) => void>()

class Worker extends workers.Worker {
  override postMessage(...given: Parameters<workers.Worker['postMessage']>): void {
    asked(given[0])
    super.postMessage(...given)
  }
}

vi.spyOn(process, 'getBuiltinModule').mockImplementation((name) => {
  if (name === 'node:worker_threads') return { ...workers, Worker } as never
  return name === 'node:os' ? ({ ...os, availableParallelism: () => cores } as never) : (undefined as never)
})

beforeEach(() => {
  cores = 2
  asked.mockClear()
})
afterEach(() => void vi.unstubAllGlobals())

async function fit(covariance: Covariance, rows: number): Promise<string> {
  const mixture = mixtureOf(covariance, COMPONENTS, DIMENSION)
  const x = new NdArray(pointsAbout(mixture, rows), [rows, DIMENSION])
  const init = { means: new NdArray(mixture.means, [COMPONENTS, DIMENSION]) }
  const model = gaussianMixture({ components: COMPONENTS, covariance })
  return JSON.stringify(await model.fit(x, { init, tolerance: 0, maxIterations: 2 }))
}

/** A fit on a machine with one core. */
async function alone(covariance: Covariance, rows: number): Promise<string> {
  cores = 1
  const expected = await fit(covariance, rows)
  expect(asked).not.toHaveBeenCalled()
  cores = 2
  return expected
}

test('large fits ask for a helper, and give what they give on one core', async () => {
  const expected = await alone('full', LARGE)
  expect(await fit('full', LARGE)).toBe(expected)
  expect(asked).toHaveBeenCalled()
})

test('small fits, and those with few numbers for each point, ask for none', async () => {
  await fit('full', SMALL)
  await fit('diagonal', LARGE)
  expect(asked).not.toHaveBeenCalled()
})

const OBSTACLES = {
  'there is no memory that can be shared': () => vi.stubGlobal('SharedArrayBuffer', undefined),
  'a page is not cross-origin isolated': () => vi.stubGlobal('crossOriginIsolated', false),
  'so much of it is refused': () => {
    const made = vi.fn<(given: WebAssembly.MemoryDescriptor) => WebAssembly.Memory>(function (given) {
      if (given.shared) throw new RangeError('could not allocate memory')
      return new Memory(given)
    })
    vi.stubGlobal('WebAssembly', { Module, Memory: made, Instance })
  },
}

test.each(Object.entries(OBSTACLES))('where %s, fits are the same', async (_what, obstruct) => {
  const expected = await alone('full', LARGE)
  obstruct()
  expect(await fit('full', LARGE)).toBe(expected)
  expect(asked).not.toHaveBeenCalled()
})
