import '@tensorflow/tfjs-backend-cpu'
import { expect, expectTypeOf, test } from 'vitest'
import { constant, exp, gather, mul, sum } from '@variate/core/ops'
import { bernoulli, categorical, halfNormal, multivariateNormal, normal } from '@variate/distributions'
import { mlp, model, type LatentNames, type Model, type TypesOf } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const regression = model('regression')
  .latent('mu', normal(0, 3))
  .latent('sd', halfNormal(1))
  .plate('group', 2, (group) => group.latent('slope', ({ mu }) => normal(mu, 1)))
  .plate('point', 'n', (point) =>
    point
      .input('group')
      .latent('z', normal(0, 1))
      .observed('x', ({ mu, z, sd }) => normal(mul(mu, z), sd))
      .observed('y', ({ x, slope, group }) => normal(mul(gather(slope, group), x), 1)),
  )
const values = { mu: 0.4, sd: 2, slope: [1, -1], group: [0, 1, 1, 0], z: [1, 2, 3, 4], y: [1, -2, 0.5, 3] }

test('the joint is that of the model at the completed data', async () => {
  const unknown = regression.withMissing({ x: [0.3, null, -1, null] })
  expectTypeOf<LatentNames<TypesOf<typeof unknown>>>().toEqualTypeOf<
    'mu' | 'sd' | 'slope' | 'z' | 'x.missing'
  >()
  const joint = await regression.logJoint({ ...values, x: [0.3, 5, -1, 7] })
  expect(await unknown.logJoint({ ...values, 'x.missing': [5, 7] })).toBeCloseTo(joint, 12)
  const logs = await unknown.logProb({ ...values, 'x.missing': [5, 7] })
  const { x } = await regression.logProb({ ...values, x: [0.3, 5, -1, 7] })
  logs['x.missing'].data.forEach((log, i) => expect(log).toBeCloseTo(x.at(2 * i + 1), 12))
})

test('what is missing is drawn where it is, and what is there stays', async () => {
  const unknown = regression.withMissing({ x: [0.3, null, -1, null] })
  const { x, 'x.missing': drawn } = await unknown.sample({
    seed: 0,
    given: { group: [0, 1, 1, 0] },
    count: 3,
  })
  expect(drawn.shape).toEqual([3, 2])
  for (const i of [0, 1, 2])
    expect([0, 1, 2, 3].map((j) => x.at(i, j))).toEqual([0.3, drawn.at(i, 0), -1, drawn.at(i, 1)])
})

test('a latent of a missing element reads what its element would', async () => {
  const edges = regression
    .withMissing({ x: [null, 1] })
    .graph()
    .edges.map(({ from, to }) => `${from} ${to}`)
  for (const edge of ['mu x.missing', 'z x.missing', 'sd x.missing', 'z x.present', 'x.missing x', 'x y'])
    expect(edges).toContain(edge)
})

test('plates may cross, networks be read, and vectors and categories be missing', async () => {
  const net = mlp([1, 2])
  const items = model('items')
    .network('net', net)
    .plate('item', 3, (item) => item.latent('a', normal([0], 1)))
    .plate('person', 2, (person) =>
      person
        .latent('b', normal(0, 1))
        .plate('item', 3, (item) =>
          item
            .observed('x', ({ a, net, b }) =>
              multivariateNormal(mul(b, net(a)), { scaleTril: [[1, 0], [0.5, 1]] }),
            )
            .observed('c', ({ x, a }) => categorical({ logits: mul(x, sum(a)) }))
            .observed('d', ({ c }) => bernoulli({ probs: gather(constant([0.2, 0.7]), c) })),
        ),
    ) // prettier-ignore
  const [x0, x1] = [
    [[1, 2], [3, 4], [5, 6]],
    [[7, 8], [9, 10], [11, 12]],
  ] // prettier-ignore
  const rest = {
    net: net.init([0, 1] as never),
    a: [[0.1], [-0.2], [0.3]],
    b: [1, 2],
    d: [[1, 0, 1], [0, 0, 1]],
  } // prettier-ignore
  const whole = { ...rest, x: [x0, x1], c: [[0, 1, 0], [1, 1, 0]] } // prettier-ignore
  const unknown = items.withMissing({
    x: [[x0![0]!, null, x0![2]!], [null, x1![1]!, x1![2]!]],
    c: [[0, null, null], [1, 1, 0]],
  }) // prettier-ignore
  const joint = await unknown.logJoint({ ...rest, 'x.missing': [[3, 4], [7, 8]], 'c.missing': [1, 0] }) // prettier-ignore
  expect(joint).toBeCloseTo(await items.logJoint(whole), 12)
})

test('a site outside of plates is missing as one element, and all of a plate may be', async () => {
  const pair = model('pair')
    .latent('mu', normal(0, 1))
    .observed('x', ({ mu }) => normal([0, 1], exp(mu)))
    .plate('point', 2, (p) => p.observed('y', ({ x }) => normal(sum(x), 1)))
  const unknown = pair.withMissing({ x: null, y: [null, null] })
  const joint = await unknown.logJoint({ mu: 1, 'x.missing': [[3, 4]], 'y.missing': [5, 6] })
  expect(joint).toBeCloseTo(await pair.logJoint({ mu: 1, x: [3, 4], y: [5, 6] }), 12)
})

test('it may be a part of another model, and of a part', async () => {
  const unknown = regression.withMissing({ x: [0.3, null, -1, null] })
  const all = { ...values, 'x.missing': [5, 7] }
  const prefixed = Object.fromEntries(Object.entries(all).map(([name, x]) => [`p.${name}`, x]))
  const joint = await unknown.logJoint(all)
  expect(
    await model('m')
      .part('p', unknown)
      .logJoint(prefixed as never),
  ).toBeCloseTo(joint, 12)
  const later = model('m')
    .part('p', regression)
    .withMissing({ 'p.x': [0.3, null, -1, null] })
  expect(await later.logJoint(prefixed as never)).toBeCloseTo(joint, 12)
})

const anyhow = regression as unknown as { withMissing(values: object): Model }

test.each([
  ['a site that there is not', () => anyhow.withMissing({ w: [null] }), 'withMissing: "w" is not an observed site: did you mean "x"?'],
  ['a latent', () => anyhow.withMissing({ mu: null }), '"mu" is not an observed site'],
  ['nothing that is missing', () => anyhow.withMissing({ x: [1, 2] }), 'site "x" (plate "point"): nothing is missing: observe it with condition({ x: … })'],
  ['no axis for a plate', () => anyhow.withMissing({ x: null }), 'data have shape [], expected an axis for each plate: point'],
  ['a part of an element', () => model('m').observed('x', normal([0, 0], 1)).withMissing({ x: [1, null] }), 'the value at [1] is missing, and others of its element are not: an element is missing as a whole'],
  ['a site of a chain', () => model('m').markov('t', 3, (t) => t.observed('x', normal(0, 1))).withMissing({ x: [1, null, 2] }), 'it is in chain "t"'],
  ['a site that has a value', () => (regression.condition({ x: [1] }) as unknown as typeof anyhow).withMissing({ x: [null] }), '"x" is not an observed site'],
  ['names that are taken', () => model('m').latent('x.missing', normal(0, 1)).observed('x', normal(0, 1)).withMissing({ x: null }), 'names such as "x.missing" are taken'],
])('%s: refused', (_, of, message) => {
  expect(of).toThrow(message)
}) // prettier-ignore

test('data of another number of elements than others are told of', async () => {
  const unknown = regression.withMissing({ x: [0.3, null] })
  await expect(unknown.logJoint({ ...values, 'x.missing': [1] })).rejects.toThrow('plate "point" has size')
  await expect(
    unknown.logJoint({ ...values, group: [0, 1], z: [1, 2], y: [1, 2], 'x.missing': [1, 2] }),
  ).rejects.toThrow(
    'site "x.missing" (plate "x.missing"): data have shape [2], with 2 along axis 0, and plate "x.missing" has size 1',
  )
})
