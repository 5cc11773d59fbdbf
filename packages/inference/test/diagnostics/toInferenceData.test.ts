import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { normal } from '@variate/distributions'
import { toInferenceData } from '@variate/inference'
import { model } from '@variate/language'
import { inferenceDataGroups } from './inferenceDataGroups.ts'

test('the file that ArviZ was shown to read is what is written', () => {
  const fixture = new URL('./oracles/inferenceData.json', import.meta.url)
  expect(toInferenceData(inferenceDataGroups)).toBe(readFileSync(fixture, 'utf8').replaceAll(/\s/g, ''))
})

test('draws are one chain, whole floats have a decimal, counts have none, and infinity can be parsed', () => {
  const json = toInferenceData({
    posterior: {
      mu: ndarray(Float64Array.of(1, -0, Infinity)),
      c: ndarray(Int32Array.of(2, 0, 1)),
      theta: [
        [1, 2],
        [3, 4.5],
        [-1e-7, 1e30],
      ],
    },
    observedData: { k: [1, 2], x: [1, null] },
  })
  expect(json).toContain(
    '"posterior":{"mu":[[1.0,-0.0,1e999]],"c":[[2,0,1]],"theta":[[[1.0,2.0],[3.0,4.5],[-1e-7,1e+30]]]}',
  )
  expect(json).toContain('"observed_data":{"k":[1,2],"x":[1.0,NaN]}')
  expect(JSON.parse(toInferenceData({ posterior: { mu: [-Infinity, 1] } })).posterior).toEqual({
    mu: [[-Infinity, 1]],
  })
})

test('plates name dimensions, but not where a site has the name, or ArviZ itself', () => {
  const own = model('own')
    .plate('draw', 2, (d) => d.latent('z', normal(0, 1)))
    .plate('point', 3, (p) => p.observed('point', normal(0, 1)))
  const { dims, coords } = JSON.parse(
    toInferenceData({ model: own, posterior: { z: [[1, 2]] }, observedData: { point: [1, 2, 3] } }),
  )
  expect(dims).toEqual({ z: ['draw_index'], point: ['point_index'] })
  expect(coords).toEqual({ draw_index: [0, 1], point_index: [0, 1, 2] })
})

test('what does not fit is told of', () => {
  expect(() => toInferenceData({ posterior: { mu: [1, 2], z: [1] } })).toThrow(
    'posterior: draws lie along the first axis',
  )
  // @ts-expect-error there is no such group
  expect(() => toInferenceData({ posterior: { mu: [1] }, other: {} })).toThrow('there is no group "other"')
  const own = model('own').plate('point', 'n', (p) => p.latent('z', normal(0, 1)).observed('x', normal(0, 1)))
  const posterior = { z: [[1, 2]] }
  expect(() => toInferenceData({ model: own, posterior: { y: [1] } })).toThrow(
    '"y" is no site of model "own"',
  )
  expect(() => toInferenceData({ model: own, posterior, posteriorPredictive: { x: [[1, 2, 3]] } })).toThrow(
    '"x" has shape [3], and plate "point" has 2 elements elsewhere: write two files',
  )
  expect(() => toInferenceData({ model: own, posterior: { z: [1, 2] } })).toThrow(
    'plate "point" should be an axis of it',
  )
})
