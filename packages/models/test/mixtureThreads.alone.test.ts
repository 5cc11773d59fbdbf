import { afterEach, expect, test, vi } from 'vitest'
import type { MixtureData } from '../src/gaussianMixture/block.ts'
import { expectation } from '../src/gaussianMixture/expectation.ts'
import type { Kernel } from '../src/gaussianMixture/kernel.ts'
import type { Mixture, MixtureShape } from '../src/gaussianMixture/mixture.ts'
import { layoutOf } from '../src/gaussianMixture/wasm/layout.ts'
import { wasmKernel } from '../src/gaussianMixture/wasm/wasmKernel.ts'
import { FORMS, mixtureOf, pointsAbout } from './mixtures.ts'

// The kernel of one thread is held to that in plain JavaScript in wasmKernel.test.ts; that of several threads to its bits.

const { Module, Memory, Instance } = WebAssembly

afterEach(() => void vi.unstubAllGlobals())

/** A kernel of two threads, and whether the second has done anything: then something is in its scratch. */
function watched(shape: MixtureShape): { kernel: Kernel; isHelped: () => boolean } {
  let memory: WebAssembly.Memory | undefined
  const made = vi.fn<(given: WebAssembly.MemoryDescriptor) => WebAssembly.Memory>(function (given) {
    return (memory = new Memory(given))
  })
  vi.stubGlobal('WebAssembly', { Module, Memory: made, Instance })
  const kernel = wasmKernel(shape, 2)!
  vi.unstubAllGlobals()
  const { responsibility, scratchStep } = layoutOf(shape, 2)
  const scratch = new Float64Array(memory!.buffer, responsibility + scratchStep, scratchStep / 8)
  return { kernel, isHelped: () => scratch.some((x) => x !== 0) }
}

const [COMPONENTS, ROWS] = [3, 9001]

function problemsOf(mixture: Mixture): readonly MixtureData[] {
  const x = pointsAbout(mixture, ROWS)
  const weights = Float64Array.from({ length: ROWS }, (_, i) => ((i % 4) + 0.5) / 2)
  // Blocks hold 104 to 504 points: several turns of them with a rest, and less than one.
  return [
    { x, rows: ROWS },
    { x, rows: ROWS, weights },
    { x: x.subarray(0, 7 * mixture.dimension), rows: 7 },
  ]
}

const pause = () => new Promise<void>((resolve) => void setTimeout(resolve, 1))

// Components far apart take part in few points each, which are gathered.
const cases = FORMS.flatMap((covariance) =>
  [3, 9].flatMap((d) => [1, 40].map((apart) => ({ covariance, d, apart }))),
)

test.each(cases)(
  'two threads give the bits of one: $covariance, $d dimensions, means $apart apart',
  async ({ covariance, d, apart }) => {
    const mixture = mixtureOf(covariance, COMPONENTS, d, apart)
    const problems = problemsOf(mixture)
    const one = wasmKernel(mixture)!
    const expected = problems.map((data) => expectation(data, mixture, one))
    const { kernel, isHelped } = watched(mixture)
    const end = performance.now() + 20_000
    for (let more = 3; more > 0 && performance.now() < end; more -= isHelped() ? 1 : 0) {
      for (const [i, data] of problems.entries())
        expect(expectation(data, mixture, kernel)).toEqual(expected[i])
      // Helpers come when they have started.
      await pause()
    }
    expect(isHelped()).toBe(true)
  },
)

test.each(FORMS)('several threads give the bits of one in the plane: %s', async (covariance) => {
  const mixture = mixtureOf(covariance, COMPONENTS, 2)
  const problems = problemsOf(mixture)
  const one = wasmKernel(mixture)!
  const expected = problems.map((data) => expectation(data, mixture, one))
  for (const threads of [2, 3]) {
    const kernel = wasmKernel(mixture, threads)!
    for (let times = 0; times < 8; times++) {
      for (const [i, data] of problems.entries())
        expect(expectation(data, mixture, kernel)).toEqual(expected[i])
      await pause()
    }
  }
})

test('threads keep the responsibilities that one keeps where a component is far from all points', () => {
  const mixture = mixtureOf('full', 2, 3)
  const [a, b] = [mixture.means.subarray(0, 3), mixture.means.subarray(3)]
  const x = Float64Array.from(
    { length: 600 },
    (_, at) => a[at % 3]! + 60 * (a[at % 3]! - b[at % 3]!) + Math.sin(at),
  )
  const [expected, actual] = [1, 2].map((threads) =>
    expectation({ x, rows: 200 }, mixture, wasmKernel(mixture, threads)),
  )
  expect(Math.min(...expected!.counts)).toBeGreaterThan(0)
  expect(actual).toEqual(expected)
})

test('known labels go through blocks one after the other', () => {
  const mixture = mixtureOf('full', COMPONENTS, 3)
  const labels = Int32Array.from({ length: 1000 }, (_, i) => (i % 5 === 0 ? i % 3 : -1))
  const data = { x: pointsAbout(mixture, 1000), rows: 1000, labels }
  const [expected, actual] = [1, 2].map((threads) => expectation(data, mixture, wasmKernel(mixture, threads)))
  expect(actual).toEqual(expected)
})
