import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { add } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { guide, model, real, type Model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const readers = model('readers').plate('point', 'n', (point) =>
  point
    .input('u')
    .latent('z', normal(0, 1))
    .observed('x', ({ z, u }) => normal(z, u))
    .observed('y', ({ x }) => normal(x, 1)),
)
const chain = model('chain').markov('t', 'T', (t) =>
  t
    .observed('x', normal(0, 1))
    .latent('z', ({ x }) => normal(x, 1), (_, { x, z }) => normal(add(x, z), 1)),
) // prettier-ignore
const outer = model('outer').part('a', readers)
const others = { u: [1, 1], z: [0, 0], y: [1, 2] }
const x = [1, null]

test('of what is missing in a chain no latents can be made: the hint says what can', async () => {
  const hint = 'declare a latent that is observed with noise'
  await expect(chain.logJoint({ x, z: [0, 0] })).rejects.toThrow(
    `site "z" (plate "t") depends on it: ${hint}`,
  )
  expect(() => chain.withMissing({ x })).toThrow(hint)
})

test('what is conditioned on is told to be made missing before', async () => {
  const fixed = readers.condition({ x })
  await expect(fixed.logJoint(others)).rejects.toThrow(
    'site "y" (plate "point") depends on it: call withMissing({ x: … }) before condition',
  )
  expect(() => (fixed as unknown as Model).withMissing({ x } as never)).toThrow(
    'withMissing: "x" is not an observed site without a value: call withMissing before condition',
  )
})

test('an input that is missing is told to be declared observed', async () => {
  const hint = '"u" is an input: declare it observed, with a distribution, and it may be missing'
  expect(() => readers.withMissing({ u: [1, null] } as never)).toThrow(`withMissing: ${hint}`)
  await expect(readers.logJoint({ ...others, u: [1, null], x: [1, 2] })).rejects.toThrow(
    `the value at [1] is missing: only observations may be. ${hint}`,
  )
})

test('the hint is code in a part as well', async () => {
  const values = { 'a.x': x, 'a.u': [1, 1], 'a.z': [0, 0], 'a.y': [1, 2] }
  await expect(outer.logJoint(values)).rejects.toThrow(
    "withMissing({ 'a.x': … }) makes latents of what is missing",
  )
  expect(() => outer.withMissing({ 'a.x': [1, 2] })).toThrow("observe it with condition({ 'a.x': … })")
  const unknown = outer.withMissing({ 'a.x': x })
  const { 'a.x': _, ...rest } = values
  expect(await unknown.logJoint({ ...rest, 'a.x.missing': [0] })).toBeLessThan(0)
})

const one = model('m').param('k', real()).input('u').latent('v', normal(0, 1)).observed('w', ({ u, v }) => normal(u, v)) // prettier-ignore
const KINDS: readonly (readonly [string, () => unknown, string])[] = [
  ['condition', () => one.condition({ u: 1 } as never), '"u" is not a latent or an observed site: it is an input'],
  ['intervene', () => one.intervene({ u: 1 } as never), '"u" is not a latent or an observed site: it is an input'],
  ['withMissing', () => one.withMissing({ v: null } as never), '"v" is not an observed site: it is latent'],
  ['a guide', () => (guide(one) as never as { latent(name: string, of: unknown): unknown }).latent('k', normal(0, 1)), '"k" is not a latent of the model: it is a parameter'],
  ['a part', () => model('n').part('a', one, { inputs: { v: () => 1 } } as never), '"v" is not an input of model "m": it is latent'],
] // prettier-ignore

test.each(KINDS)('%s guesses no other name for a site of another kind', (_, of, message) => {
  expect(of).toThrow(message)
})
