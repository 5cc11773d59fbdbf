import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { normal } from '@variate/distributions'
import { model, type AnyModel } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

/** A model as a caller without types sees it. */
// oxlint-disable-next-line typescript/no-explicit-any -- what is declared here must not type-check
type Untyped = any

const untyped = (): Untyped => model('m')
const walk = (_: unknown, { z }: Untyped) => normal(z, 1)

const REFUSED: readonly (readonly [what: string, of: () => unknown, message: string])[] = [
  ['another builder than the plate gives', () => untyped().plate('a', 2, (a: Untyped) => a.plate('b', 3, () => a.latent('x', normal(0, 1)))), 'model "m": the function of plate "b" must return what it was given with sites added, and returns the builder of plate "a"'],
  ['a plate of the same name within another', () => untyped().plate('a', 2, (a: Untyped) => a.plate('b', 3, (b: Untyped) => b)).plate('b', 3, (b: Untyped) => b.plate('a', 2, () => b)), 'returns the builder of plate "b"'],
  ['a chain as a plate', () => untyped().markov('t', 3, (t: Untyped) => t).plate('t', 3, (t: Untyped) => t), '"t" is a chain, and cannot be opened as a plate'],
  ['a plate in a chain', () => untyped().markov('t', 3, (t: Untyped) => t.plate('k', 2, (k: Untyped) => k)), 'plate "k" is in chain "t": declare the chain in the plate'],
  ['a chain in a chain', () => untyped().markov('t', 3, (t: Untyped) => t.markov('s', 2, (s: Untyped) => s)), 'plate "s" is in chain "t"'],
  ['a latent of a chain without its next step', () => untyped().markov('t', 3, (t: Untyped) => t.latent('z', normal(0, 1))), '"z" is a latent in chain "t": it must have a distribution of the first step, and a function that makes that of the next'],
  ['a next step in a plate', () => untyped().plate('k', 3, (k: Untyped) => k.latent('z', normal(0, 1), walk)), '"z" has a distribution of the next step, and is in no chain'],
  ['a site of a name that no record has', () => untyped().latent('__proto__', normal(0, 1)), 'no site can be called "__proto__"'],
  ['another value for a site that is conditioned on', () => untyped().latent('a', normal(0, 1)).condition({ a: 1 }).condition({ a: 2 }), 'condition: site "a" has a value already, and cannot be given another'],
  ['a value to set for a site that is conditioned on', () => untyped().latent('a', normal(0, 1)).condition({ a: 1 }).intervene({ a: 2 }), 'intervene: site "a" has a value already, and cannot be given another'],
] // prettier-ignore

test.each(REFUSED)('%s is refused where it is declared, without types as well', (_, of, message) => {
  expect(of).toThrow(message)
})

test('draws without a seed are refused, whatever options there are', async () => {
  const one = model('m').latent('a', normal(0, 1)) as Untyped
  const message = 'a seed or a key must be given'
  await expect(one.sample()).rejects.toThrow(message)
  await expect(one.replay({})).rejects.toThrow(message)
  await expect(one.posteriorPredictive({ a: (await one.sample({ seed: 0, count: 2 })).a })).rejects.toThrow(
    message,
  )
})

test('what is outside of a chain is not in the step before', async () => {
  const outside = untyped().latent('mu', normal(0, 1)).markov('t', 3, (t: Untyped) => t.latent('z', normal(0, 1), (_: unknown, { mu }: Untyped) => normal(mu, 1))) // prettier-ignore
  const message =
    'site "z" (plate "t") reads "mu" of the step before, which is not in the chain: read it from the first argument'
  await expect(outside.logJoint({ mu: 0, z: [1, 2, 3] })).rejects.toThrow(message)
  const later = untyped().markov('t', 3, (t: Untyped) => t.latent('a', normal(0, 1), (_: unknown, { b }: Untyped) => normal(b, 1)).latent('b', normal(0, 1), (_: unknown, { b }: Untyped) => normal(b, 1))) // prettier-ignore
  await expect(later.logJoint({ a: [1, 2, 3], b: [1, 2, 3] })).rejects.toThrow(
    'reads "b" of the step before, which is not in the chain before it: did you mean "a"?',
  )
})

test('a site that is conditioned on is in draws and densities, as data', async () => {
  const known = model('m').latent('mu', normal(0, 1)).observed('x', ({ mu }) => normal(mu, 1)).condition({ mu: 3 }) // prettier-ignore
  const { mu } = await known.sample({ seed: 0 })
  expect(mu.data[0]).toBe(3)
  const logs = await known.logProb({ x: 3 })
  expect(logs.mu.data[0]).toBeCloseTo(-4.5 - 0.5 * Math.log(2 * Math.PI), 12)
})

test('a function may take any model', async () => {
  const nodes = (any: AnyModel) => any.graph().nodes.length
  const one = model('m').latent('mu', normal(0, 1))
  const chain = model('c').markov('t', 3, (t) => t.input('u').latent('z', normal(0, 1), (_, { z }) => normal(z, 1)).observed('x', ({ z, u }) => normal(z, u))) // prettier-ignore
  expect([nodes(one), nodes(one.condition({ mu: 1 })), nodes(chain)]).toEqual([1, 1, 3])
  const sites = async (any: AnyModel) => Object.keys(await any.sample({ seed: 0 }))
  expect(await sites(one)).toEqual(['mu'])
})
