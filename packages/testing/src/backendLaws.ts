import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { add, mul } from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import type { AnyDistribution } from './distribution.ts'
import type { DistributionLawsOptions } from './distributionLaws.ts'
import { spoiled } from './faults/fault.ts'
import { isTriedOn } from './faults/isTriedOn.ts'
import { checkBackend } from './laws/backends.ts'
import { parseOracle } from './oracle/parseOracle.ts'
import { changed } from './spoil.ts'
import { LawBroken, type Tally } from './tally.ts'

/**
 * Registers a test that a distribution gives on another backend of TensorFlow.js, which must be registered, what it
 * gives on the cpu.
 */
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

    const fault = `a log density that is 0.01 % and 0.0001 larger on ${backend}`
    if (!isTriedOn(name, { name: fault })) return
    test(`${fault} is noticed`, async () => {
      const spoil = (d: AnyDistribution): Partial<AnyDistribution> =>
        changed(d, ['logProb'], (x) => (tf.getBackend() === backend ? add(mul(x, 1.0001), 1e-4) : x))
      const faulty = { ...subject, make: spoiled(make, { spoil }) }
      await expect(checkBackend(faulty, backend)).rejects.toThrow(LawBroken)
    })
  })
}
