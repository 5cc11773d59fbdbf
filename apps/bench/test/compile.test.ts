import '@tensorflow/tfjs-backend-cpu'
import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { cases } from '../src/compile/cases.ts'
import { disagreement } from '../src/compile/disagreement.ts'
import { withOurFirstCall } from '../src/compile/firstCall.ts'
import { normals } from '../src/compile/normals.ts'
import { report } from '../src/compile/report.ts'

interface Frozen {
  readonly name: string
  readonly precision: string
  readonly particles: number
  readonly values: readonly number[]
}

/** What NumPyro and JAX make of the small cases; made by oracles/compile.py. */
const frozen = JSON.parse(await readFile(new URL('oracles/compile.json', import.meta.url), 'utf8')) as {
  cases: readonly Frozen[]
}
const compared = cases.filter(({ peer }) => peer.name !== 'normals')

test.each(compared)(
  '$name ($precision) comes to what $opponent does',
  ({ peer, precision, ours, tolerance }) => {
    const { particles = 1 } = peer
    const theirs = frozen.cases.find(
      (item) => item.name === peer.name && item.precision === precision && item.particles === particles,
    )!
    const task = ours(true)
    expect(disagreement(task.values(), theirs.values)).toBeLessThanOrEqual(tolerance)
    task.run(3)
    expect(task.called()).toBeInstanceOf(Array)
  },
)

test('normals have mean 0 and deviation 1', () => {
  const count = 100_000
  const [mean, deviation] = normals(count).values()
  // Five standard errors of each.
  expect(Math.abs(mean!)).toBeLessThan(5 / Math.sqrt(count))
  expect(Math.abs(deviation! - 1)).toBeLessThan(5 / Math.sqrt(2 * count))
})

test('lists disagree by their furthest values, and wholly if one is no number or missing', () => {
  expect(disagreement([1, 10], [1, 9])).toBeCloseTo(0.1)
  expect(disagreement([1, Number.NaN], [1, 9])).toBe(Infinity)
  expect(disagreement([1], [1, 9])).toBe(Infinity)
})

test('a first call is timed in a process of its own', async () => {
  const seconds = await withOurFirstCall((ours) => ours(10))
  expect(seconds).toBeGreaterThan(0)
  expect(seconds).toBeLessThan(60)
})

test('the report has a verdict for each target, and fails for values that are apart', () => {
  const interval = { median: 21, low: 20, high: 22, coverage: 0.98 }
  const result = {
    name: 'work',
    opponent: 'JAX',
    unit: 'call',
    precision: 'float32',
    target: 20,
    threads: 'one',
    ours: 1e-6,
    peer: 21e-6,
    ratio: interval,
    disagreement: 0.5,
    tolerance: 0.1,
    called: ['lgamma'],
  } as const
  const ofOneStep = { median: 0.05, low: 0.04, high: 0.06, coverage: 0.98 }
  const first = { steps: 20_000, ours: 0.1, peer: 1.4, ratio: { ...interval, median: 14 }, ofOneStep }
  const { rows, failures, notes } = report([result], first, { pairs: 7, quick: false, on: 'a machine' })
  expect(rows.map((row) => row[8])).toEqual(['met', 'missed', 'missed'])
  expect(rows[0]!.slice(3, 5)).toEqual(['21.0 µs', '1.00 µs'])
  expect(failures).toEqual(['work, float32: values are 0.5 apart'])
  expect(notes.join()).toContain('lgamma')
})
