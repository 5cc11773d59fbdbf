import { DomainError, ShapeError, UnsupportedError } from '@variate/core'
import { expect, test } from 'vitest'
import { discreteUniform, multinomial, normal, poisson, zeroInflated } from '../src/index.ts'
import { lawsOfCombinations } from './laws.ts'

lawsOfCombinations('zeroInflated')

test('parameters out of their domain are refused with their name, their place and their value', () => {
  expect(() => zeroInflated(poisson(1), { gate: [0, 2] })).toThrow(
    new DomainError('zeroInflated: gate must be in [0, 1], got 2 at [1]'),
  )
  expect(() => zeroInflated(poisson(1), {} as never)).toThrow(
    new DomainError('zeroInflated: give either gate or gateLogits, got neither'),
  )
})

test('a base must be discrete, of numbers', () => {
  expect(() => zeroInflated(normal(0, 1) as never, { gate: 0.5 })).toThrow(UnsupportedError)
  expect(() => zeroInflated(multinomial(2, { probs: [0.5, 0.5] }) as never, { gate: 0.5 })).toThrow(
    ShapeError,
  )
})

test('by logits it is the same', () => {
  const byGate = zeroInflated(poisson(2), { gate: 0.75 }).logProb([0, 1, 5]).dataSync()
  const byLogits = zeroInflated(poisson(2), { gateLogits: Math.log(3) })
    .logProb([0, 1, 5])
    .dataSync()
  byLogits.forEach((x, i) => expect(x).toBeCloseTo(byGate[i]!, 5))
})

test('a base without 0 gets it', () => {
  const die = zeroInflated(discreteUniform(1, 6), { gate: 0.25 })
  expect(die.logProb(0).arraySync()).toBeCloseTo(Math.log(0.25), 6)
  expect(die.logProb(3).arraySync()).toBeCloseTo(Math.log(0.125), 6)
  expect(die.logProb([7, 0.5]).arraySync()).toEqual([-Infinity, -Infinity])
  expect(die.support.violation([0], [])).toBeUndefined()
})
