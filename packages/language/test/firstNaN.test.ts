import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { key, NdArray } from '@variate/core'
import { exp, reshape, sub } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { mlp, model, real } from '@variate/language'
import { bind, firstNaN } from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const array = (data: readonly number[], shape: readonly number[] = [data.length]): NdArray =>
  new NdArray(Float64Array.from(data), shape)

const schools = model('schools')
  .latent('mu', normal(0, 5))
  .param('logTau', real())
  .plate('school', 4, (school) =>
    school
      .latent('theta', ({ mu, logTau }) => normal(mu, exp(logTau)))
      // ∞ − ∞ where theta is large.
      .observed('y', ({ theta }) => normal(sub(exp(theta), exp(theta)), 1)),
  )
const bound = bind(schools.program, { y: [1, 2, 3, 4] }, { who: 'fit', needed: () => false })
const good = { mu: array([0], []), logTau: array([0], []), theta: array([0, 1, 2, 3]) }

test('values without a NaN have no place of one', () => {
  expect(firstNaN(bound, good, 3)).toBeUndefined()
})

test('the log probability is located to site, plate, index and step', () => {
  const { site, index, error } = firstNaN(bound, { ...good, theta: array([0, 1, 2, 1000]) }, 17)!
  expect([site, index]).toEqual(['y', [3]])
  expect(error.message).toMatch(/^site "y" \(plate "school"\): .* in step 17$/)
})

test('what a distribution says of its parameter is told with the step', () => {
  const widths = model('widths')
    .param('scale', real())
    .plate('day', 3, (day) => day.observed('n', ({ scale }) => normal(0, scale)))
  const own = bind(widths.program, { n: [1, 2, 3] }, { who: 'fit', needed: () => false })
  const { site, index, error } = firstNaN(own, { scale: array([-1], []) }, 2)!
  expect([site, index]).toEqual(['n', [0]])
  expect(error.message).toBe(
    'site "n" (plate "day"): normal: scale must be > 0, got -1, in the element at [0] in step 2',
  )
})

test('a value of NaN comes before what is computed of it', () => {
  const { site, index, error } = firstNaN(bound, { ...good, theta: array([0, NaN, 2, 3]) }, 5)!
  expect([site, index]).toEqual(['theta', [1]])
  expect(error.message).toBe('site "theta" (plate "school"): the value is NaN at [1] in step 5')
  expect(firstNaN(bound, { ...good, logTau: array([NaN], []) }, 5)!.error.message).toBe(
    'site "logTau": the value is NaN in step 5',
  )
})

test('a network that gives NaN is found where its output is read', () => {
  const net = mlp([1, 1])
  const line = model('line')
    .network('f', net)
    .plate('point', 'n', (i) =>
      i.input('t').observed('x', ({ t, f }) => normal(reshape(f(reshape(t, [1])), []), 1)),
    )
  const own = bind(line.program, { t: [1, 2], x: [1, 2] }, { who: 'fit', needed: () => false })
  const [layer] = net.init(key(0))
  const f = [{ ...layer!, bias: new NdArray(Float32Array.from([NaN]), [1]) }]
  const { site, index, error } = firstNaN(own, { f }, 9)!
  expect([site, index]).toEqual(['x', [0]])
  expect(error.message).toBe(
    'site "x" (plate "point"): normal: loc must be finite, got NaN, in the element at [0] in step 9',
  )
})
