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

const pairs = Map.groupBy(entries, ({ p, q }) => `${p.distribution} from ${q.distribution}`)

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
})
