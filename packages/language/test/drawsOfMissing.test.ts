import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { normal } from '@variate/distributions'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const unknown = model('readers')
  .plate('point', 'n', (point) => point.observed('x', normal(0, 1)).observed('y', ({ x }) => normal(x, 1)))
  .withMissing({ x: [1, null, 3] })

test('draws have what is missing and what is computed of it, and nothing that only densities need', async () => {
  const draw = await unknown.sample({ seed: 0 })
  expect(Object.keys(draw).toSorted()).toEqual(['x', 'x.missing', 'y'])
  expect(draw.x.data[0]).toBe(1)
  expect(draw.x.data[1]).toBeCloseTo(draw['x.missing'].data[0]!, 6)
  const many = await unknown.sample({ seed: 0, count: 2 })
  expect(Object.keys(many).toSorted()).toEqual(['x', 'x.missing', 'y'])
  const predicted = await unknown.posteriorPredictive({ 'x.missing': [[0], [5]] }, { seed: 0 })
  expect(Object.keys(predicted).toSorted()).toEqual(['x', 'x.missing', 'y'])
  const inPart = await model('m').part('a', unknown).sample({ seed: 0 })
  expect(Object.keys(inPart).toSorted()).toEqual(['a.x', 'a.x.missing', 'a.y'])
})

test('the density of what is there still counts', async () => {
  const logs = await unknown.logProb({ 'x.missing': [2], y: [1, 2, 3] })
  expect(Object.keys(logs).toSorted()).toEqual(['x.missing', 'x.present', 'y'])
})
