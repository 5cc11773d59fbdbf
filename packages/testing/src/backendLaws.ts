import '@tensorflow/tfjs-backend-cpu'
import { describe, expect, test } from 'vitest'
import type { DistributionLawsOptions } from './distributionLaws.ts'
import { checkBackend } from './laws/backends.ts'
import { parseOracle } from './oracle/parseOracle.ts'
import type { Tally } from './tally.ts'

/** Registers a test that a distribution gives on another backend of TensorFlow.js what it gives on the cpu. */
export function backendLaws(
  name: string,
  { make, oracle }: DistributionLawsOptions,
  backend: 'wasm' | 'webgl',
): void {
  const subject = {
    name,
    make,
    cases: parseOracle(oracle),
    structural: new Set<number>(),
    draws: 0,
  }
  describe(`${name}`, () => {
    test(`results on ${backend} are those on the cpu`, async ({ task }) => {
      const tally = await checkBackend(subject, backend)
      expect(tally.comparisons, 'numbers compared').toBeGreaterThan(0)
      ;(task.meta as { tally?: Tally }).tally = tally
    })
  })
}
