import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { add, mul } from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import type { AnyBijector, BijectorSubject } from './bijectors/bijector.ts'
import {
  checkCodomain,
  checkDerivatives,
  checkForward,
  checkInverse,
  checkInverseLogDet,
  checkJacobian,
  checkMemory,
  checkOracle,
  checkShapes,
} from './bijectors/checks.ts'
import type { Given } from './distribution.ts'
import type { Tally } from './tally.ts'

export type BijectorLawsOptions = Omit<BijectorSubject, 'name'>

type Check = (subject: BijectorSubject) => Tally

const LAWS: readonly (readonly [sentence: string, check: Check])[] = [
  ['the inverse of an image is where it came from', checkInverse],
  ['the image of an inverse is where it came from', checkForward],
  ['log-determinants are those of the Jacobian', checkJacobian],
  ['log-determinants of the inverse are the negative ones', checkInverseLogDet],
  ['derivatives are those of differences, twice', checkDerivatives],
  ['shapes are as declared, and a batch gives what its elements give', checkShapes],
  ['images are in the codomain, and nothing else has an inverse', checkCodomain],
  ['no tensor is left behind', checkMemory],
]

interface Fault {
  readonly name: string
  readonly check: Check
  readonly spoil: (map: AnyBijector) => Partial<AnyBijector>
}

const off =
  (f: (x: Given) => Tensor, by: number) =>
  (x: Given): Tensor =>
    add(f(x), by)

const FAULTS: readonly Fault[] = [
  { name: 'a shifted inverse', check: checkInverse, spoil: (map) => ({ inverse: off(map.inverse, 1e3) }) },
  { name: 'a shifted map', check: checkForward, spoil: (map) => ({ forward: off(map.forward, 1e3) }) },
  {
    name: 'a log-determinant of another map',
    check: checkJacobian,
    spoil: (map) => ({ forwardLogDet: off(map.forwardLogDet, 0.1) }),
  },
  {
    name: 'a log-determinant of the inverse with the wrong sign',
    check: checkInverseLogDet,
    spoil: (map) => ({ inverseLogDet: (y) => add(mul(map.inverseLogDet(y), -1), 0.1) }),
  },
]

/**
 * Registers a test for each law that a bijector must obey, and one for each fault that, built into it, a law must
 * notice.
 */
export function bijectorLaws(name: string, options: BijectorLawsOptions): void {
  const subject: BijectorSubject = { name, ...options }
  describe(`${name}`, () => {
    const laws = options.oracle
      ? [...LAWS, ['images and log-determinants are those of the oracle', checkOracle] as const]
      : LAWS
    for (const [sentence, check] of laws) {
      test(`${sentence}`, ({ task }) => {
        const tally = check(subject)
        expect(tally.comparisons, 'numbers compared').toBeGreaterThan(0)
        ;(task.meta as { tally?: Tally }).tally = tally
      })
    }
    test.each(FAULTS)('$name is noticed', ({ check, spoil }) => {
      const make = (): AnyBijector => {
        const map = options.make()
        return { ...map, ...spoil(map) }
      }
      expect(() => check({ ...subject, make })).toThrow(name)
    })
  })
}
