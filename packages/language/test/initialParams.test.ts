import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { foldIn, key, type NdArray, ndarray, random } from '@variate/core'
import { normal } from '@variate/distributions'
import {
  init,
  lowerCholesky,
  mlp,
  model,
  ordered,
  positive,
  real,
  simplex,
  unitInterval,
  type Model,
} from '@variate/language'
import { initialParams } from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const SIZES = new Map([['component', 3]])
const start = (of: unknown, seed = 0): Record<string, NdArray<Float64Array>> =>
  initialParams((of as Model).program, SIZES, key(seed)) as Record<string, NdArray<Float64Array>>

test('without a start of its own a parameter begins in its domain, in float64, with an axis for each plate first', () => {
  const all = start(
    model('m')
      .param('loc', real([2]))
      .param('weights', simplex(3))
      .param('cuts', ordered(4))
      .plate('component', 3, (k) =>
        k
          .param('rate', positive())
          .param('factor', lowerCholesky(2))
          .param('p', unitInterval([2])),
      ),
  )
  const shapes = Object.entries(all).map(([name, x]) => [name, x.shape])
  expect(Object.fromEntries(shapes)).toEqual({
    loc: [2],
    weights: [3],
    cuts: [4],
    rate: [3],
    factor: [3, 2, 2],
    p: [3, 2],
  })
  expect(all['weights']!.data.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 14)
  expect(all['cuts']!.data.toSorted()).toEqual(all['cuts']!.data)
  expect(all['rate']!.data).toBeInstanceOf(Float64Array)
  expect(Math.min(...all['rate']!.data)).toBeGreaterThan(0)
  expect(new Set(all['rate']!.data).size).toBe(3)
})

test('it begins with the exponential of a tenth of standard normals, those of its key and place', () => {
  const { rate } = start(
    model('m')
      .param('w', real())
      .param('rate', positive([3])),
    5,
  )
  const z = random.normal(foldIn(key(5), 1), [3], { dtype: 'float64' })
  rate!.data.forEach((x, i) => expect(x).toBeCloseTo(Math.exp(0.1 * z.data[i]!), 14))
})

test('a start is a number for all entries, data for each element or for all, or drawn for each element', () => {
  const { a, b, c, d } = start(
    model('m').plate('component', 3, (k) =>
      k
        .param('a', real([2]), { init: 0.5 })
        .param('b', real([2]), { init: [1, 2] })
        .param('c', positive(), { init: ndarray(Float32Array.of(1, 2, 3)) })
        .param('d', real([2]), { init: init.normal(10, 0.5) }),
    ),
  )
  expect(a!.toNested()).toEqual([[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]]) // prettier-ignore
  expect(b!.toNested()).toEqual([[1, 2], [1, 2], [1, 2]]) // prettier-ignore
  expect(c!.toNested()).toEqual([1, 2, 3])
  expect(new Set(d!.data).size).toBe(6)
  expect(Math.abs(d!.data.reduce((x, y) => x + y, 0) / 6 - 10)).toBeLessThan(1)
})

test('another key gives other starts where they are random, and networks begin with their own', () => {
  const net = mlp([2, 3])
  const drawn = model('m')
    .network('net', net)
    .param('w', real([4]), { init: init.uniform(2, 3) })
  const [first, again, other] = [start(drawn, 1), start(drawn, 1), start(drawn, 2)]
  expect(again['w']!.data).toEqual(first['w']!.data)
  expect(other['w']!.data).not.toEqual(first['w']!.data)
  expect(Math.min(...first['w']!.data)).toBeGreaterThanOrEqual(2)
  expect(first['net']).toEqual(net.init(foldIn(key(1), 0)))
})

test('a declaration holds no tensors, and what it begins with does not change with what it was given', () => {
  const data = Float64Array.of(1, 2)
  const declared = model('m').param('w', real([2]), { init: data })
  data[0] = 100
  expect(start(declared)['w']!.data).toEqual(Float64Array.of(1, 2))
})

const BAD: readonly (readonly [what: string, of: () => unknown, message: string])[] = [
  ['a start outside the domain', () => model('m').plate('component', 3, (k) => k.param('rate', positive(), { init: [1, -1, 2] })), 'model "m": site "rate" (plate "component"): init must be > 0 (positive), got -1 at [1]'],
  ['probabilities that do not sum to 1', () => model('m').param('w', simplex(2), { init: [0.5, 0.6] }), 'site "w": init must be ≥ 0 with sum 1 (simplex), got sum 1.1'],
  ['a start of another shape', () => model('m').param('w', real([2]), { init: [1, 2, 3] }), 'site "w": init: got shape [3], expected [2]'],
  ['a start of another shape, drawn', () => model('m').plate('component', 3, (k) => k.param('w', real([2]), { init: () => [1] })), 'init: got shape [1], expected [2] for each element, or [3,2] for all'],
  ['a start that is not there', () => model('m').param('w', real([2]), { init: [1, null] }), '"w": init: the value at [1] is missing'],
  ['a start that is text', () => model('m').param('w', real(), { init: 'one' as never }), '"w": init: data must be numbers, got "one"'],
] // prettier-ignore

test.each(BAD)('%s is refused', (_, of, message) => {
  expect(() => start(of())).toThrow(message)
})

test('a model is drawn from and evaluated as without starts', async () => {
  const one = model('m')
    .param('loc', real(), { init: 3 })
    .observed('x', ({ loc }) => normal(loc, 1))
  expect(await one.logJoint({ loc: 0, x: 0 })).toBeCloseTo(-0.5 * Math.log(2 * Math.PI), 12)
})
