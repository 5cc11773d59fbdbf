import { expect, test } from 'vitest'
import { NdArray } from '@variate/core'
import { gaussianMixture } from '@variate/models'
import type { MixtureData } from '../src/gaussianMixture/block.ts'
import { expectation } from '../src/gaussianMixture/expectation.ts'
import { kernelFor, PASSES_OF_FIT, type Kernel } from '../src/gaussianMixture/kernel.ts'
import type { Mixture } from '../src/gaussianMixture/mixture.ts'
import { wasmKernel } from '../src/gaussianMixture/wasm/wasmKernel.ts'
import { FORMS, mixtureOf, pointsAbout } from './mixtures.ts'

// The kernel of one thread is held to that in plain JavaScript in wasmKernel.test.ts; that of several threads to its bits.

const [COMPONENTS, ROWS] = [3, 9001]

/** A kernel of several threads, of which it is known how often they went through data. */
function counted(mixture: Mixture, threads: number): Kernel & { readonly passes: () => number } {
  const kernel = wasmKernel(mixture, threads)!
  let passes = 0
  const passTogether = (data: MixtureData, isExact: boolean): number => {
    passes++
    return kernel.passTogether!(data, isExact)
  }
  return { ...kernel, passTogether, passes: () => passes }
}

const pause = () => new Promise<void>((resolve) => void setTimeout(resolve, 1))

const cases = FORMS.flatMap((covariance) => [2, 3, 9].map((d) => ({ covariance, d })))

test.each(cases)('threads give the bits of one: $covariance, $d dimensions', async ({ covariance, d }) => {
  const mixture = mixtureOf(covariance, COMPONENTS, d)
  const x = pointsAbout(mixture, ROWS)
  const weights = Float64Array.from({ length: ROWS }, (_, i) => ((i % 4) + 0.5) / 2)
  const one = wasmKernel(mixture)!
  expect(one.passTogether).toBeUndefined()
  // Far apart a component takes part in few points, and those are gathered.
  const apart = mixtureOf(covariance, COMPONENTS, d, 40)
  const problems: readonly (readonly [MixtureData, Mixture])[] = [
    [{ x, rows: ROWS }, mixture],
    [{ x, rows: ROWS, weights }, mixture],
    // Blocks hold 104 to 504 points: a rest, and less than one.
    [{ x: x.subarray(0, 7 * d), rows: 7 }, mixture],
    [{ x: pointsAbout(apart, ROWS), rows: ROWS }, apart],
  ]
  const expected = problems.map(([data, of]) => expectation(data, of, one))
  for (const threads of [2, 3]) {
    const several = counted(mixture, threads)
    // Helpers come when they have started.
    for (let times = 0; times < 8; times++) {
      for (const [i, [data, of]] of problems.entries())
        expect(expectation(data, of, several)).toEqual(expected[i])
      await pause()
    }
    expect(several.passes()).toBe(8 * problems.length)
  }
})
