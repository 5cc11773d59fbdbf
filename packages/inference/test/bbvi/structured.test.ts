import '@tensorflow/tfjs-backend-cpu'
import { add, mul } from '@variate/core/ops'
import { halfNormal, normal } from '@variate/distributions'
import { stickingTheLanding } from '@variate/estimators'
import { fullRank, guideFamily, meanField, perElement, structured } from '@variate/families'
import { adam, bbvi, enumeration, schedules } from '@variate/inference'
import { guide, model } from '@variate/language'
import { expect, test } from 'vitest'

const lines = model('lines')
  .latent('shift', normal(0, 1))
  .plate('line', 'n', (line) =>
    line
      .latent('level', normal(0, 2))
      .latent('slope', normal(1, 2))
      .plate('time', 3, (time) =>
        time.input('t').observed('y', ({ level, slope, t }) => normal(add(level, mul(slope, t)), 0.5)),
      ),
  )
  .observed('w', ({ shift }) => normal(shift, 1))
const t = Array.from({ length: 6 }, () => [0.5, 1, 2])
const data = {
  t,
  y: Array.from({ length: 6 }, (_, i) =>
    [0, 1, 2].map((j) => Math.sin(7 * i) + 0.4 * j * i + 0.2 * Math.cos(5 * j + i)),
  ),
  w: 0.7,
}
const settings = {
  estimator: stickingTheLanding({ particles: 2 }),
  optimizer: adam({ rate: schedules.cosineDecay({ start: 0.03, steps: 8000 }) }),
  steps: 8000,
  convergence: false,
} as const

// Lines are independent, and each posterior is a normal of two numbers: the family has it.
test.each([
  ['all data', {}],
  ['mini-batches', { line: 2 }],
])(
  'a block of full rank for each element of a plate is exact where elements are independent: %s',
  async (_, batch) => {
    const exact = await enumeration(lines).fit(data)
    const family = structured({ 'level, slope': perElement('line', fullRank()) }, meanField())
    const fit = await bbvi(lines, { ...settings, family, batch }).fit(data, { seed: 0 })
    expect(Math.abs(fit.elbo - exact.logEvidence)).toBeLessThan(2e-3)
    for (const name of ['shift', 'level', 'slope'] as const) {
      exact.posterior.mean[name].data.forEach((own, i) =>
        expect(Math.abs(fit.posterior.mean[name].data[i]! - own)).toBeLessThan(0.01),
      )
      exact.posterior.variance[name].data.forEach((own, i) =>
        expect(Math.abs(fit.posterior.variance[name].data[i]! / own - 1)).toBeLessThan(0.02),
      )
    }
    // The precision of level and slope is [[3, Σt], [Σt, Σt²]]/σ² + I/4.
    const [a, b, d] = [3 / 0.25 + 0.25, 3.5 / 0.25, 5.25 / 0.25 + 0.25]
    const between = fit.posterior.covariance('slope', 'level')
    expect(between.shape).toEqual([12, 12])
    expect(Math.abs(between.data[6]! + b / (a * d - b * b))).toBeLessThan(2e-3)
    expect(between.data[7]).toBe(0)
    expect(between.data[0]).toBe(fit.posterior.variance.slope.data[0])
  },
)

test('latents of different blocks are independent, those of one block are not', async () => {
  const sum = model('sum')
    .latent('a', normal(0, 1))
    .latent('b', normal(0, 1))
    .latent('c', halfNormal(1))
    .observed('x', ({ a, b, c }) => normal(add(a, add(b, c)), 0.5))
  const fit = await bbvi(sum, { ...settings, family: structured({ 'b,a': fullRank(), c: meanField() }) }).fit(
    { x: 1 },
    { seed: 0 },
  )
  const all = fit.posterior.covariance('a', 'b', 'c')
  // Given c the precision of a and b is [[5, 4], [4, 5]].
  expect(Math.abs(all.data[1]! + 4 / 9)).toBeLessThan(0.02)
  expect(all.data[2]).toBe(0)
  expect(all.data[1]).toBe(all.data[3])
  expect(() => fit.posterior.covariance('x' as never)).toThrow(/"x" is no latent: name some of "a", "b", "c"/)
})

test('every latent is in one block, and names are those of latents', async () => {
  expect(() => structured({ mu: fullRank(), 'tau, mu': fullRank() })).toThrow(/"mu" is named twice/)
  expect(() => structured({ 'mu,': fullRank() })).toThrow(/names no latent/)
  const fit = (family: ReturnType<typeof structured>) =>
    bbvi(lines, { family } as never).fit(data, { seed: 0 })
  await expect(fit(structured({ sloppy: fullRank() }))).rejects.toThrow(
    /"sloppy" is no latent of model "lines".*"shift", "level", "slope"/,
  )
  await expect(fit(structured({ shift: perElement('line', fullRank()) }))).rejects.toThrow(
    /"shift" is not in plate "line"/,
  )
  const q = guide(lines)
    .latent('shift', normal(0, 1))
    .plate('line', 'n', (line) => line.latent('level', normal(0, 1)).latent('slope', normal(0, 1)))
  await expect(fit(structured({ shift: guideFamily(q) }))).rejects.toThrow(/guide is of all latents/)
})
