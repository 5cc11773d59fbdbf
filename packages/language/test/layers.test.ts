import '@tensorflow/tfjs-backend-cpu'
import { expect, expectTypeOf, test } from 'vitest'
import type { NdArray } from '@variate/core'
import { add, fill, mul, sum } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { model, real, type LatentNames, type Model, type TypesOf } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const hierarchy = model('hierarchy')
  .param('scale', real())
  .layers(
    'z',
    [3, 2, 1],
    (_, width) => normal(fill([width], 0), 2),
    ({ scale }, above, width, index) => normal(add(fill([width], index), sum(above)), scale),
  )
  .observed('x', ({ z1 }) => normal(sum(z1), 1))

const log = (x: number, loc: number, scale: number): number =>
  -0.5 * ((x - loc) / scale) ** 2 - Math.log(scale) - 0.5 * Math.log(2 * Math.PI)

test('the joint is that of the top and of each layer given the one above, each with its entry and its index', async () => {
  const values = { scale: 0.5, z3: [0.2], z2: [1, -1], z1: [0.3, 0.4, 0.5], x: 1 }
  const expected =
    log(0.2, 0, 2) +
    values.z2.map((z) => log(z, 2 + 0.2, 0.5)).reduce((a, b) => a + b) +
    values.z1.map((z) => log(z, 1 + 0, 0.5)).reduce((a, b) => a + b) +
    log(1, 1.2, 1)
  expect(await hierarchy.logJoint(values)).toBeCloseTo(expected, 12)
})

test('the top is declared first, and each layer reads the one above', () => {
  const { nodes, edges } = hierarchy.graph()
  expect(nodes.map(({ name }) => name)).toEqual(['scale', 'z3', 'z2', 'z1', 'x'])
  expect(edges.map(({ from, to }) => `${from} ${to}`)).toEqual([
    'z3 z2',
    'scale z2',
    'z2 z1',
    'scale z1',
    'z1 x',
  ])
})

test('names are known to the type checker, in draws as well', async () => {
  expectTypeOf<LatentNames<TypesOf<typeof hierarchy>>>().toEqualTypeOf<'z1' | 'z2' | 'z3'>()
  const { z1 } = await hierarchy.sample({ seed: 0, given: { scale: 1 }, count: 4 })
  expectTypeOf(z1).toExtend<NdArray>()
  expect(z1.shape).toEqual([4, 3])
})

test('layers in a plate are of each element, and entries may tell anything, such as a name to be read', async () => {
  const regression = model('m')
    .param('low', real())
    .param('high', real())
    .plate('point', 2, (point) =>
      point
        .layers(
          'z',
          ['low', 'high'],
          (seen, name) => normal(seen[name], 1),
          (seen, above, name) => normal(mul(seen[name], above), 1),
          { centered: false },
        )
        .observed('x', ({ z1 }) => normal(z1, 1)),
    )
  const values = { low: 2, high: 3, z2: [1, 2], z1: [3, 4], x: [5, 6] }
  const expected = log(1, 3, 1) + log(2, 3, 1) + log(3, 2, 1) + log(4, 4, 1) + log(5, 3, 1) + log(6, 4, 1)
  expect(await regression.logJoint(values)).toBeCloseTo(expected, 12)
})

test('a single layer is the top', async () => {
  const one = model('m').layers(
    'z',
    [2],
    () => normal([0, 0], 1),
    (_, above) => normal(sum(above), 1),
  )
  expect(await one.logJoint({ z1: [0, 0] })).toBeCloseTo(2 * log(0, 0, 1), 12)
})

const anyhow = model('m') as unknown as { layers(...args: unknown[]): Model }

test.each([
  ['no entries', () => anyhow.layers('z', [], () => normal(0, 1), () => normal(0, 1)), 'model "m": layers "z" must have an entry for each layer, got []'],
  ['no function for the top', () => anyhow.layers('z', [1], normal(0, 1), () => normal(0, 1)), 'layers "z" must have a function for the top'],
  ['no function for those below', () => anyhow.layers('z', [1], () => normal(0, 1)), 'layers "z" must have a function for those below, got undefined'],
  ['a name that is taken', () => anyhow.layers('z', [1], () => normal(0, 1), () => normal(0, 1)).latent('z1', normal(0, 1)), 'site "z1" is already declared'],
])('%s: refused where it is declared', (_, of, message) => {
  expect(of).toThrow(message)
}) // prettier-ignore
