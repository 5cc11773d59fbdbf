import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { normal } from '@variate/distributions'
import { reshape } from '@variate/core/ops'
import { conditional } from '@variate/families'
import { adam, bbvi } from '@variate/inference'
import { dense, dropout, guide, model, sequential, type DenseParams } from '@variate/language'
import { checkLeaks } from '../coordinateAscent/leaks.ts'

checkLeaks()

const RATE = 0.5
const POINTS = 64
const u = Array.from({ length: POINTS }, (_, i) => [i % 2 === 0 ? 1 : -1])
const x = u.map(([value]) => [3 * value!])

const line = (rate: number) =>
  model('line')
    .network('f', sequential([dropout([1], rate), dense(1, 1)]))
    .latent('z', normal(0, 1))
    .plate('point', 'n', (point) => point.input('u').observed('x', ({ u: own, f }) => normal(f(own), 1)))

async function slope(rate: number): Promise<number> {
  const fit = await bbvi(line(rate), {
    steps: 1500,
    optimizer: adam({ rate: 0.02 }),
    convergence: false,
  }).fit({ u, x }, { seed: 0 })
  const [, { weights }] = fit.params.f as unknown as [object, DenseParams]
  return weights.data[0]!
}

test('the steps of a fit leave out, so that a line is that of ridge regression', async () => {
  // The mean over dropout of (x − w·u·d)², for d of mean 1 and variance p/(1 − p), is (x − w·u)² + w²·u²·p/(1 − p): the least is at
  // (1 − p) times the slope of least squares (Srivastava et al. 2014, §9.1).
  expect(await slope(0)).toBeCloseTo(3, 1)
  expect(Math.abs((await slope(RATE)) - 3 * (1 - RATE))).toBeLessThan(0.2)
})

test('what is computed after a fit leaves nothing out', async () => {
  const whole = line(0.9)
  const fit = await bbvi(whole, { steps: 3, convergence: false }).fit({ u, x }, { seed: 0 })
  const z = 0
  const known = { ...fit.params, z, u, x } as never
  const at = await whole.logJoint(known)
  expect(at).toBe(await line(0).logJoint(known))
})

test('a fit with layers that have no parameters is saved and loaded', async () => {
  const algorithm = bbvi(line(RATE), { steps: 3, convergence: false })
  const fit = await algorithm.fit({ u, x }, { seed: 0 })
  const again = await algorithm.load(fit.toBytes(), { u, x })
  expect(again.params).toEqual(fit.params)
  const further = await algorithm.fit({ u, x }, { from: fit.toBytes() })
  expect([...further.history].slice(0, 3)).toEqual([...fit.history])
})

test('a fit is the same again for the same seed, and another for another', async () => {
  const rows = x.slice(0, 8)
  const items = model('items').plate('item', 'n', (item) =>
    item.latent('z', normal(0, 1)).observed('x', ({ z }) => normal(z, 1)),
  )
  const network = sequential([dense(1, 16, { activation: 'tanh' }), (shape) => dropout(shape, 0.5)])
  const written = guide(items)
    .network('f', sequential([dense(1, 1), (shape) => dropout(shape, 0.5)]))
    .plate('item', 'n', (item) =>
      item.latent('z', ({ x: own, f }) => normal(reshape(f(reshape(own, [1])), []), 0.5)),
    )
  const data = { x: rows.map(([value]) => value!) }
  for (const q of [{ family: conditional({ z: { from: 'x', network } }) }, { guide: written }]) {
    const fitted = (seed: number) =>
      bbvi(items, { ...q, batch: { item: 4 }, steps: 20, convergence: false }).fit(data, { seed })
    const [one, again, other] = [await fitted(0), await fitted(0), await fitted(1)]
    expect([...one.history]).toEqual([...again.history])
    expect([...one.history]).not.toEqual([...other.history])
    expect([...one.history].every((value) => Number.isFinite(value as never))).toBe(true)
  }
})
