import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { DomainError } from '@variate/core'
import { normal } from '@variate/distributions'
import { model } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const points = model('points').plate('i', 3, (i) => i.latent('z', normal(0, 1)))
const jointOf = (batch: unknown): Promise<number> =>
  points.logJoint({ z: [0, 0, 0] }, { batch: batch as never, seed: 0 })

const BAD: readonly (readonly [string, unknown, string])[] = [
  ['a number', 2, 'batch: expected a number of elements or indices for each plate, such as { i: 2 }, got 2'],
  ['null', null, 'such as { i: 2 }, got null'],
  ['a list', [0, 1], 'such as { i: 2 }, got [0,1]'],
  ['null for a plate', { i: null }, 'batch: plate "i": expected a number of elements, or a list of indices, got null'],
  ['a record for a plate', { i: {} }, 'batch: plate "i": expected a number of elements, or a list of indices, got {}'],
  ['text for a plate', { i: '2' }, 'batch: plate "i": expected a number of elements, or a list of indices, got "2"'],
] // prettier-ignore

test.each(BAD)('%s is no batch: it is refused', async (_, batch, message) => {
  await expect(jointOf(batch)).rejects.toThrow(DomainError)
  await expect(jointOf(batch)).rejects.toThrow(`model "points": logJoint: batch:`)
  await expect(jointOf(batch)).rejects.toThrow(message)
})

test('a plate may be called as what every object has', async () => {
  const own = model('own').plate('constructor', 2, (p) => p.latent('z', normal(0, 1)))
  const density = -Math.log(2 * Math.PI) / 2
  expect(await own.logJoint({ z: [0, 0] })).toBeCloseTo(2 * density, 12)
  expect(await own.logJoint({ z: [0, 0] }, { batch: { constructor: [0] } })).toBeCloseTo(2 * density, 12)
  const none = model('none').latent('z', normal(0, 1))
  expect(await none.logJoint({ z: 0 })).toBeCloseTo(density, 12)
})

test('indices may be a typed array', async () => {
  const values = { z: [1, 2, 3] }
  expect(await points.logJoint(values, { batch: { i: Int32Array.of(0, 2) as never } })).toBe(
    await points.logJoint(values, { batch: { i: [0, 2] } }),
  )
})
