import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { key, UnsupportedError } from '@variate/core'
import { mul, sum } from '@variate/core/ops'
import { describe, expect, it } from 'vitest'
import type { Distribution } from '../src/distribution.ts'
import * as distributions from '../src/index.ts'
import { table } from '../src/kl/table.ts'

const { estimateKlDivergence, klDivergence, normal } = distributions

interface Side {
  readonly distribution: string
  readonly args: readonly unknown[]
}
interface Entry {
  readonly p: Side
  readonly q: Side
  readonly kl: number | string
  readonly sensitivity?: number
}

const entries = JSON.parse(
  readFileSync(new URL('oracles/kl.json', import.meta.url), 'utf8'),
) as readonly Entry[]

const factories = distributions as unknown as Readonly<Record<string, (...args: unknown[]) => Distribution>>
const make = ({ distribution, args }: Side): Distribution => factories[distribution]!(...args)

const pairs = new Map<string, Entry[]>()
for (const entry of entries) {
  const pair = `${entry.p.distribution} from ${entry.q.distribution}`
  pairs.set(pair, [...(pairs.get(pair) ?? []), entry])
}

describe('klDivergence', () => {
  it.each([...pairs])('of %s is that of the oracle', (_, cases) => {
    for (const { p, q, kl, sensitivity = 0 } of cases) {
      const got = klDivergence(make(p), make(q)).dataSync()[0]!
      const expected = Number(kl)
      const allowed = Math.max(4e-6 * Math.abs(expected), 2e-6, 4 * sensitivity)
      const at = `KL(${JSON.stringify(p)}, ${JSON.stringify(q)}) is ${got}, not ${expected} ± ${allowed}`
      expect(got === expected || Math.abs(got - expected) <= allowed, at).toBe(true)
    }
  })

  it('has an oracle for every pair of the table', () => {
    const tested = new Set(entries.map(({ p, q }) => `${p.distribution} ${q.distribution}`))
    const known = Object.entries(table).flatMap(([p, row]) => Object.keys(row).map((q) => `${p} ${q}`))
    expect(known.filter((pair) => !tested.has(pair))).toEqual([])
    expect(known.length).toBeGreaterThanOrEqual(40)
  })

  it('broadcasts, and is differentiable', () => {
    expect(klDivergence(normal([0, 1], 1), normal([[1], [0]], 2)).shape).toEqual([2, 2])
    const slope = tf.grad((scale: tf.Tensor) => klDivergence(normal(0, 1), normal(1, scale)))(tf.scalar(2))
    expect(slope.dataSync()[0]).toBeCloseTo(0.25, 6) // 1/σ − 2/σ³
  })

  it('leaves no tensors behind', () => {
    const before = tf.memory().numTensors
    klDivergence(normal(0, 1), normal(1, 2)).dispose()
    expect(tf.memory().numTensors).toBe(before)
  })

  it('names the Monte Carlo estimate where there is no closed form', () => {
    const [p, q]: Distribution[] = [normal(0, 1), distributions.cauchy(0, 1)]
    expect(() => klDivergence(p!, q!)).toThrow(UnsupportedError)
    expect(() => klDivergence(p!, q!)).toThrow(
      'klDivergence: (normal, cauchy) has no closed form: use estimateKlDivergence(key, p, q)',
    )
    // @ts-expect-error no closed form
    expect(() => klDivergence(normal(0, 1), distributions.cauchy(0, 1))).toThrow(UnsupportedError)
    const [few, many] = [10, 11].map((total) => distributions.binomial(total, { probs: 0.5 }))
    expect(() => klDivergence(few!, many!)).toThrow('of unlike totals has no closed form')
  })
})

describe('estimateKlDivergence', () => {
  it('is near the closed form, and its gradient near that', () => {
    const q = normal([1, 0], 2)
    const { estimate, standardError } = estimateKlDivergence(key(0), normal(0, 1), q, { samples: 100_000 })
    const exact = klDivergence(normal(0, 1), q).dataSync()
    exact.forEach((value, i) => {
      expect(Math.abs(estimate.dataSync()[i]! - value)).toBeLessThan(5 * standardError.dataSync()[i]!)
    })
    const slope = tf.grad((loc: tf.Tensor) =>
      sum(mul(1, estimateKlDivergence(key(0), normal(loc, 1), q).estimate)),
    )
    expect(slope(tf.scalar(0)).dataSync()[0]).toBeCloseTo(-0.25, 1)
  })

  it('refuses fewer than two draws', () => {
    expect(() => estimateKlDivergence(key(0), normal(0, 1), normal(1, 2), { samples: 1 })).toThrow(
      'estimateKlDivergence: samples must be a whole number >= 2, got 1',
    )
  })
})
