import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { add } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const edge = (from: string, to: string, isFromStepBefore = false) => ({ from, to, isFromStepBefore })

test('names of sites may have spaces, and tell of steps before', () => {
  const { edges } = model('m')
    .latent('school effect', normal(0, 1))
    .latent('z of the step before', normal(0, 1))
    .observed('y', (seen) => normal(add(seen['school effect'], seen['z of the step before']), 1))
    .graph()
  expect(edges).toEqual([edge('school effect', 'y'), edge('z of the step before', 'y')])
})

test('an input that is read of the step before only is read', async () => {
  const driven = model('m').markov('t', 'T', (step) =>
    step.input('u').latent('z', normal(0, 1), (_, { z, u }) => normal(add(z, u), 1)),
  )
  const value = -0.5 * (0.5 ** 2 + (1.5 - 0.5 - 2) ** 2) - Math.log(2 * Math.PI)
  expect(await driven.logJoint({ u: [2, 3], z: [0.5, 1.5] })).toBeCloseTo(value, 10)
  expect(driven.graph().edges).toEqual([edge('z', 'z', true), edge('u', 'z', true)])
})

test('a chain of one step has what its other steps would read, whatever ran before', async () => {
  const driven = model('m').markov('t', 'T', (step) =>
    step.input('u').latent('z', normal(0, 1), ({ u }, { z }) => normal(add(z, u), 1)),
  )
  expect(await driven.logJoint({ u: [7], z: [0] })).toBeCloseTo(-0.5 * Math.log(2 * Math.PI), 10)
  const one = model('m').markov('t', 1, (step) => step.latent('z', normal(0, 1), (_, { z }) => normal(z, 1)))
  expect(one.graph().edges).toEqual([edge('z', 'z', true)])
  expect((await one.sample({ seed: 0 })).z.shape).toEqual([1])
})

test('the first site of a chain does not read what only others of it read', () => {
  const { edges } = model('m')
    .latent('mu', normal(0, 1))
    .markov('t', 3, (step) =>
      step
        .latent('z', normal(0, 1), (_, { z }) => normal(z, 1))
        .observed('x', ({ z, mu }) => normal(add(z, mu), 1)),
    )
    .graph()
  expect(edges).toEqual([edge('z', 'z', true), edge('z', 'x'), edge('mu', 'x')])
})

test('what is read depends on what is given now, and not on earlier runs', () => {
  const either = model('m')
    .latent('a', normal(0, 1))
    .latent('b', normal(0, 1))
    .plate('i', 'n', (i) => i.input('u'))
    .observed('y', (seen) => normal(seen.u.shape[0]! > 2 ? seen.b : seen.a, 1))
  const readIn = (n: number) => either.graph({ sizes: { n } }).edges.map(({ from }) => from)
  expect([2, 3, 2].map(readIn)).toEqual([['u', 'a'], ['u', 'b'], ['u', 'a']]) // prettier-ignore
})

test('sites may be called as what every object has is', async () => {
  const odd = model('m')
    .plate('i', 2, (i) => i.input('valueOf').latent('constructor', normal(0, 1)))
    .observed('toString', (seen) => normal(add(seen.constructor.shape[0]!, 0), 1))
    .plate('i', 2, (i) => i.observed('y', (seen) => normal(add(seen.constructor, seen.valueOf), 1)))
  await expect(odd.logJoint({ valueOf: [1, 1], toString: 0, y: [0, 0] } as never)).rejects.toThrow(
    'site "constructor" (plate "i") must be given: it is latent',
  )
  const { y, constructor } = await odd.sample({ seed: 0, given: { valueOf: [100, 200] } as never })
  expect(constructor.shape).toEqual([2])
  expect(y.data[1]! - y.data[0]!).toBeGreaterThan(50)
  const all = { valueOf: [1, 2], constructor: [0, 0], toString: 2, y: [1, 2] }
  expect(await odd.logJoint(all)).toBeCloseTo(-2.5 * Math.log(2 * Math.PI), 10)
  expect(
    await odd.condition({ constructor: [0, 0] }).logJoint({ valueOf: [1, 2], toString: 2, y: [1, 2] }),
  ).toBeCloseTo(-2.5 * Math.log(2 * Math.PI), 10)
})
