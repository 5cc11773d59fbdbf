import '@tensorflow/tfjs-backend-cpu'
import { NdArray } from '@variate/core'
import { add, exp, mul, reshape } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { guide, mlp, model, positive, real } from '@variate/language'
import { pair, type Program } from '@variate/language/internal'
import { expect, test } from 'vitest'

const points = model('points')
  .param('slope', real(), { init: 0.5 })
  .network('encoder', mlp([1, 1]))
  .network('decoder', mlp([1, 1]))
  .plate('point', 'n', (point) =>
    point
      .param('level', real())
      .latent('z', normal(0, 1))
      .observed('x', ({ z, level, decoder, slope }) =>
        normal(add(mul(slope, decoder(reshape(z, [1]))), level), 1),
      ),
  )
const q = guide(points)
  .shared('slope', 'encoder')
  .shared('level')
  .param('log', real())
  .plate('point', 'n', (point) =>
    point.latent('z', ({ x, slope, encoder, level, log }) =>
      normal(add(mul(slope, reshape(encoder(x), [])), level), exp(log)),
    ),
  )

const layer = (weight: number, bias: number) => [
  { weights: new NdArray(Float64Array.of(weight), [1, 1]), bias: new NdArray(Float64Array.of(bias), [1]) },
]

test('what a guide shares with its model it reads by name, an element of a plate its own', async () => {
  const given = { x: [[1], [2]], slope: 0.5, encoder: layer(3, 1), level: [0.1, 0.2], log: Math.log(2) }
  // Locations 0.5·(3·1 + 1) + 0.1 and 0.5·(3·2 + 1) + 0.2, and scale 2.
  const [one, two] = [2.1, 3.7]
  const log = (z: number, loc: number): number =>
    -0.5 * ((z - loc) / 2) ** 2 - Math.log(2 * Math.sqrt(2 * Math.PI))
  expect(await q.logJoint({ ...given, z: [1, -1] } as never)).toBeCloseTo(log(1, one) + log(-1, two), 12)
  const { z } = await q.sample({ seed: 0, given: { ...given, log: -30 } as never })
  expect(z.data[0]).toBeCloseTo(one, 10)
  expect(z.data[1]).toBeCloseTo(two, 10)
})

test('its graph shows it', () => {
  const { edges } = q.graph({ given: { x: [[1], [2]] } } as never)
  const into = edges.filter(({ to }) => to === 'z').map(({ from }) => from)
  expect(into.sort()).toEqual(['encoder', 'level', 'log', 'slope', 'x'])
})

test('it is none of what the guide begins with, so that keys of its own stay what they are', () => {
  expect(q.program.declarations.filter(({ kind }) => kind === 'param').map(({ name }) => name)).toEqual([
    'slope',
    'level',
    'log',
  ])
})

test.each([
  [
    'a name that there is not',
    'slop',
    /shared: "slop" is not a parameter or a network of the model: did you mean "slope"\?/,
  ],
  ['a latent', 'z', /shared: "z" is not a parameter or a network of the model: it is latent/],
  ['data', 'x', /"x" is not a parameter or a network of the model: it is observed/],
])('%s is refused', (_, name, message) => {
  expect(() => guide(points).shared(name as never)).toThrow(message)
})

test('a name is shared once, and is not declared as well', () => {
  expect(() => guide(points).shared('slope').shared('slope')).toThrow('"slope" is already shared')
  expect(() => guide(points).param('slope' as never, real())).toThrow(
    `give what only the guide has another name, or read the model's by .shared('slope')`,
  )
})

test('a guide fits another version of its model where what is shared has its form', () => {
  const declare = (domain: ReturnType<typeof real>, hasParam = true) => {
    const begun = model('other')
    const open = hasParam ? begun.param('m', domain) : begun.param('k' as 'm', domain)
    return open.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1))
  }
  const near = guide(declare(real()))
    .shared('m')
    .latent('z', ({ m }) => normal(m, 1))
  const paired = (of: { readonly program: Program }, given: object) =>
    pair(of.program, near.program, { x: 1, ...given }, { who: 'test' })
  const { model: other, guide: own } = paired(declare(real()), { m: 0.5 })
  expect([other.values['m'], own.values['m']].map((m) => (m as NdArray).at())).toEqual([0.5, 0.5])
  expect(() => paired(declare(positive()), { m: 0.5 })).toThrow(
    /shares site "m", a param of shape \[\] \(real\), .* it is a param of shape \[\] \(positive\): make the guide of this model/,
  )
  expect(() => paired(declare(real(), false), { k: 1 })).toThrow(
    /in model "other" there is none: make the guide of this model/,
  )
})
