import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { DomainError } from '@variate/core'
import { normal } from '@variate/distributions'
import { guide, model, type Model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const nothing = (() => {}) as never
const message = (site: string): string =>
  `site ${site}: its function must return a distribution, got undefined: is "return" missing?`

const latent = model('m').latent('z', nothing)
const observed = model('m').plate('p', 2, (p) => p.observed('x', nothing))
const chain = model('m').markov('t', 3, (t) => t.latent('z', normal(0, 1), nothing))
const part = model('outer').part('a', latent as never)

const CASES: readonly (readonly [string, unknown, object, string])[] = [
  ['a latent', latent, { z: 0 }, '"z"'],
  ['an observation', observed, { x: [0, 0] }, '"x" (plate "p")'],
  ['the next step of a chain', chain, { z: [0, 0, 0] }, '"z" (plate "t")'],
  ['a site of a part', part, { 'a.z': 0 }, '"a.z"'],
]

test.each(CASES)('%s whose function returns nothing is named', async (_, of, values, site) => {
  await expect((of as Model).sample({ seed: 0 })).rejects.toThrow(message(site))
  await expect((of as Model).logJoint(values as never)).rejects.toThrow(message(site))
})

test('what is no distribution is told, of a guide as well', async () => {
  const number = model('m').latent('z', (() => 3) as never) as unknown as Model
  await expect(number.sample({ seed: 0 })).rejects.toThrow(DomainError)
  await expect(number.sample({ seed: 0 })).rejects.toThrow('must return a distribution, got 3')
  const own = guide(model('m').latent('z', normal(0, 1))).latent('z', nothing)
  await expect(own.sample({ seed: 0 })).rejects.toThrow(message('"z"'))
})
