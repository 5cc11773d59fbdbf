import { describe, expect, test } from 'vitest'
import { FormatError } from '@variate/core'
import { oldFaithful } from '@variate/data'
import { gaussianMixture } from '@variate/models'

const rows = oldFaithful().toNested<number[][]>()
const model = gaussianMixture({ components: 2 })

describe('saved fits', () => {
  test('of another model, another version or of something else are refused', async () => {
    const json = (await model.fit(rows)).toJSON()
    const load = (saved: unknown) => () => model.fromJSON(saved)
    expect(load({})).toThrow(FormatError)
    expect(load(null)).toThrow('expected what toJSON of a fit gave')
    expect(load({ ...json, version: 2 })).toThrow('version 2 is not 1')
    expect(() => gaussianMixture({ components: 3 }).fromJSON(json)).toThrow(
      'the fit has 2 components and full covariance',
    )
    expect(load({ ...json, means: [1, 2] })).toThrow('means must have shape [4], got [2]')
    expect(load({ ...json, weights: undefined })).toThrow('weights are missing')
    expect(load({ ...json, covariances: json.covariances.map(() => 0) })).toThrow('not positive definite')
    expect(load({ ...json, record: undefined })).toThrow('record of the fit is missing')
  })
})

describe('saved fits that were tampered with are refused', () => {
  test.each([
    [{ weights: [5, 5] }, 'weights must be ≥ 0 and sum to 1, got [5,5]'],
    [{ weights: [-1, 2] }, 'weights must be ≥ 0 and sum to 1'],
    [{ dimension: 0, means: [], covariances: [] }, 'dimension is 0'],
    [{ covariances: [1, 0.5, 0, 1, 1, 0, 0, 1] }, 'covariances must be symmetric'],
    [{ record: { counts: [1, 2] } }, 'record.logLikelihood must be a number, got undefined'],
  ])('%#: $1', async (change, message) => {
    const json = (await model.fit(rows)).toJSON()
    expect(() => model.fromJSON({ ...json, ...change })).toThrow(message)
  })
})
