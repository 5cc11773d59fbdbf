import '@tensorflow/tfjs-backend-cpu'
import { key, type NdArray } from '@variate/core'
import { mul } from '@variate/core/ops'
import {
  beta,
  cauchy,
  dirichlet,
  gamma,
  halfCauchy,
  halfNormal,
  logNormal,
  normal,
} from '@variate/distributions'
import { fullRank, initTo, meanField, point, type Start } from '@variate/families'
import { model, positive } from '@variate/language'
import { bind } from '@variate/language/internal'
import { expect, test } from 'vitest'

const many = model('many')
  .latent('level', normal(100, 1))
  .latent('rate', gamma(9, 3))
  .latent('share', beta(2, 6))
  .latent('weights', dirichlet([2, 3, 5]))
  .plate('i', 'n', (i) =>
    i.latent('z', ({ level }) => normal(mul(2, level), 0.5)).observed('x', ({ z }) => normal(z, 1)),
  )

type Locations = Readonly<Record<string, NdArray<Float64Array>>>

function startOf(init: Start, seed = 0, of: Parameters<typeof bind>[0] = many.program): Locations {
  const needed = ({ kind }: { kind: string }): boolean => kind === 'observed'
  const bound = bind(of, { x: [200, 201] }, { who: 'test', needed })
  return meanField({ init }).of(bound, 'test').init(key(seed)) as Locations
}

function places(init: Start, seed = 0): Readonly<Record<string, number[]>> {
  const own = startOf(init, seed)
  return Object.fromEntries(
    ['level', 'rate', 'share', 'weights', 'z'].map((name) => [name, [...own[`${name}.loc`]!.data]]),
  )
}

test('feasible: the middle of each support', () => {
  expect(places(initTo.feasible())).toEqual({ level: [0], rate: [0], share: [0], weights: [0, 0], z: [0, 0] })
})

test('prior: one draw of all latents together, another for another key', () => {
  const [first, second] = [places(initTo.prior()), places(initTo.prior(), 1)]
  expect(first['level']).not.toEqual(second['level'])
  for (const { level, z, rate, share } of [first, second]) {
    expect(Math.abs(level![0]! - 100)).toBeLessThan(5)
    for (const own of z!) expect(Math.abs(own - 2 * level![0]!)).toBeLessThan(2.5)
    expect(Math.exp(rate![0]!)).toBeGreaterThan(0)
    expect(Number.isFinite(share![0]!)).toBe(true)
  }
})

// Of many draws it is that of the distribution: scipy.stats.gamma(9, scale=1/3).median(), beta(2, 6).median().
test('median: of draws from the prior', () => {
  const { level, rate, share, z } = places(initTo.median({ samples: 4001 }))
  expect(Math.abs(level![0]! - 100)).toBeLessThan(0.1)
  expect(Math.exp(rate![0]!)).toBeCloseTo(2.8896, 1)
  expect(1 / (1 + Math.exp(-share![0]!))).toBeCloseTo(0.2285, 1)
  expect(Math.abs(z![1]! - 200)).toBeLessThan(0.2)
  expect(places(initTo.median({ samples: 1 }))).toEqual(places(initTo.prior()))
})

test('mean: of each latent where those before have theirs; heavy tails have their median', () => {
  const { level, rate, share, weights, z } = places(initTo.mean())
  expect(level).toEqual([100])
  expect(z).toEqual([200, 200])
  expect(Math.exp(rate![0]!)).toBeCloseTo(3, 12)
  expect(1 / (1 + Math.exp(-share![0]!))).toBeCloseTo(0.25, 12)
  expect(weights).toHaveLength(2)
  const heavy = model('heavy')
    .latent('a', cauchy(3, 1))
    .latent('b', halfCauchy(5))
    .plate('i', 'n', (i) => i.observed('x', ({ a }) => normal(a, 1)))
  const own = startOf(initTo.mean(), 0, heavy.program)
  expect(own['a.loc']!.data[0]).toBeCloseTo(3, 12)
  expect(own['b.loc']!.data[0]).toBeCloseTo(Math.log(5), 12)
})

test('uniform: within the radius, in numbers without bounds', () => {
  const all = Array.from({ length: 50 }, (_, seed) =>
    Object.values(places(initTo.uniform({ radius: 0.5 }), seed)),
  ).flat(2)
  expect(Math.max(...all)).toBeLessThan(0.5)
  expect(Math.max(...all)).toBeGreaterThan(0.45)
  expect(Math.min(...all)).toBeGreaterThan(-0.5)
  expect(Math.min(...all)).toBeLessThan(-0.45)
})

test('value: what is given, and otherwise what else is said', () => {
  const own = places(initTo.value({ level: 98, z: [190, 191], weights: [0.2, 0.3, 0.5] }, initTo.mean()))
  expect(own['level']).toEqual([98])
  expect(own['z']).toEqual([190, 191])
  expect(Math.exp(own['rate']![0]!)).toBeCloseTo(3, 12)
  expect(places(initTo.value({ rate: 2 }))['rate']![0]).toBeCloseTo(Math.log(2), 14)
  expect(places(initTo.value({}))['z']).toEqual([0, 0])
})

test.each([
  [{ nu: 1 }, /"nu" is no latent of the model: there are "level", "rate"/],
  [{ rate: -1 }, /"rate" must be ≥ 0, got -1/],
  [{ share: 1.5 }, /"share" must be .*got 1\.5/],
  [{ z: [1, 2, 3] }, /"z"/],
  [{ weights: [0.5, 0.6, 0.2] }, /"weights" must/],
  [{ share: 0 }, /"share": no place to begin at/],
])('value: %o is refused', (values, message) => {
  expect(() => places(initTo.value(values))).toThrow(message)
})

test('every family begins there, and options out of range are refused', () => {
  const small = model('small')
    .param('spread', positive())
    .latent('a', normal(7, 1))
    .latent('s', logNormal(1, 1))
    .latent('t', ({ spread }) => halfNormal(spread))
    .plate('i', 'n', (i) => i.observed('x', ({ a }) => normal(a, 1)))
  const bound = bind(small.program, { x: [1, 2] }, { who: 'test', needed: ({ kind }) => kind === 'observed' })
  const joint = fullRank({ init: initTo.mean() }).of(bound, 'test').init(key(0))
  const { loc } = joint['a,s,t'] as unknown as { loc: NdArray }
  expect(loc.data[0]).toBe(7)
  expect(loc.data[1]).toBeCloseTo(1.5, 12)
  const at = point({ init: initTo.mean() }).of(bound, 'test').init(key(0)) as Locations
  expect(at['s.loc']!.data[0]).toBeCloseTo(1.5, 12)
  expect(() => initTo.median({ samples: 0 })).toThrow(/samples must be a whole number ≥ 1/)
  expect(() => initTo.uniform({ radius: 0 })).toThrow(/radius must be > 0/)
})
