import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { batch, compile } from '@variate/compile'
import { key, NdArray } from '@variate/core'
import { fill, foldInKey, keyTensor, splitKey, stack } from '@variate/core/ops'
import { normal } from '@variate/distributions'
import { dropout, guide, model, sequential } from '@variate/language'
import { divergences, draws, logProbs, placedDistribution } from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const FLOAT64 = { precision: 'float64' } as const
const words = (seed: number): Int32Array => Int32Array.from(key(seed), (word) => word | 0)

/** What dropout leaves of ones. */
function kept(shape: readonly number[], rate: number, seed: number): NdArray {
  const layer = dropout(shape, rate)
  const f = compile((k: Tensor) => layer.apply({}, fill([...shape], 1), { key: k, training: true }), FLOAT64)
  return f(words(seed))
}

test.each([0.1, 0.5, 0.8])('dropout at a rate of %d leaves out that share, and keeps the mean', (rate) => {
  const n = 20_000
  const { data } = kept([n], rate, 0)
  const out = data.filter((x) => x === 0).length
  // Five standard errors.
  expect(Math.abs(out / n - rate)).toBeLessThan(5 * Math.sqrt((rate * (1 - rate)) / n))
  for (const x of data.filter((own) => own !== 0)) expect(x).toBeCloseTo(1 / (1 - rate), 6)
  const mean = Array.from(data).reduce((a, b) => a + b, 0) / n
  expect(Math.abs(mean - 1)).toBeLessThan(5 * Math.sqrt(rate / (1 - rate) / n))
})

test('neighbours are left out independently, and keys make others', () => {
  const [n, rate] = [20_000, 0.3]
  const [a, b] = [kept([n], rate, 1).data, kept([n], rate, 2).data]
  const both = (x: ArrayLike<number>, y: ArrayLike<number>, by: number): number => {
    let count = 0
    for (let i = 0; i + by < n; i++) if (x[i] === 0 && y[i + by] === 0) count++
    return count / (n - by)
  }
  const error = 5 * Math.sqrt((rate ** 2 * (1 - rate ** 2)) / n)
  for (const by of [1, 2]) expect(Math.abs(both(a, a, by) - rate ** 2)).toBeLessThan(error)
  expect(Math.abs(both(a, b, 0) - rate ** 2)).toBeLessThan(error)
})

test('at a rate of 0, and outside of training, everything stays', () => {
  expect([...kept([4], 0, 0).data]).toEqual([1, 1, 1, 1])
  const layer = dropout([3], 0.9)
  const f = compile((x: Tensor) => layer.apply({}, x, { key: key(0), training: false }), FLOAT64)
  expect([...f(Float32Array.of(1, 2, 3)).data]).toEqual([1, 2, 3])
})

test('layers of a sequence leave out different numbers', () => {
  const chain = sequential([dropout([200], 0.5), dropout([200], 0.5)])
  const f = compile(
    (k: Tensor) => chain.apply([{}, {}] as never, fill([200], 1), { key: k, training: true }),
    FLOAT64,
  )
  const { data } = f(words(3))
  // With the same numbers twice a half would be left: 5 standard errors of a quarter are 31.
  expect(Math.abs(data.filter((x) => x === 4).length - 50)).toBeLessThan(31)
})

const [ROWS, WIDTH] = [3, 40]
const half = dropout([WIDTH], 0.5)
const ones = fill.bind(undefined, [WIDTH], 1)
const pair = model('pair')
  .network('f', half)
  .plate('row', 'n', (row) =>
    row
      .deterministic('first', ({ f }) => stack([f(ones()), f(ones())]))
      .deterministic('second', ({ f }) => f(ones())),
  )
const sizes = new Map([['n', ROWS], ['row', ROWS]]) // prettier-ignore

/** What sites have left of ones, in a step that trains. */
function trained(seed: number): Readonly<Record<'first' | 'second', NdArray>> {
  const run = compile(
    (k: Tensor) => draws(pair.program, sizes, keyTensor(key(0)), { f: {} }, undefined, {}, k),
    FLOAT64,
  )
  return run(words(seed)) as never
}

const rowOf = ({ data }: NdArray, at: number): string => data.slice(at * WIDTH, (at + 1) * WIDTH).join(' ')

test('what is left out differs between elements, sites, calls and steps, and is the same again for the same step', () => {
  const [now, next] = [trained(0), trained(1)]
  const rows = [now, next].flatMap(({ first, second }) => [
    ...Array.from({ length: 2 * ROWS }, (_, i) => rowOf(first, i)),
    ...Array.from({ length: ROWS }, (_, i) => rowOf(second, i)),
  ])
  expect(new Set(rows).size).toBe(rows.length)
  expect([...trained(0).first.data]).toEqual([...now.first.data])
})

test('outside of training nothing is left out of a model', async () => {
  const { second } = await pair.sample({ seed: 0, given: { f: {} }, sizes: { n: 2 } })
  expect(second.data.every((x) => x === 1)).toBe(true)
})

test('particles of a step share what is left out', () => {
  const run = compile(
    (k: Tensor) =>
      batch(() => draws(pair.program, sizes, foldInKey(k, 1), { f: {} }, undefined, {}, k), { size: 2 })(),
    FLOAT64,
  )
  const { second } = run(words(0)) as unknown as { second: NdArray }
  const alone = trained(0).second
  for (const at of [0, 1]) {
    for (let i = 0; i < ROWS; i++) expect(rowOf(second, at * ROWS + i)).toBe(rowOf(alone, i))
  }
})

/** A guide that draws each row exactly where a network with dropout puts it, but for a tiny scale. */
const target = model('target').plate('row', 'n', (row) =>
  row.latent('z', normal(Array<number>(WIDTH).fill(0), 1)),
)
const encoder = guide(target)
  .network('g', half)
  .plate('row', 'n', (row) => row.latent('z', ({ g }) => normal(g(ones()), 1e-3)))
const { program } = encoder

test('log q is that of the network that drew, and so is the distribution whose divergence is taken', () => {
  const site = program.declarations.find(({ name }) => name === 'z')!
  const run = compile((k: Tensor) => {
    const [own, other] = splitKey(k) as [Tensor, Tensor]
    const { z } = draws(program, sizes, other, { g: {} }, undefined, {}, own)
    const known = { g: {}, z: z! }
    const placed = placedDistribution(program, sizes, known, site as never, own)
    return {
      z: z!,
      same: logProbs(program, sizes, known, {}, { training: own })['z']!,
      different: logProbs(program, sizes, known, {}, { training: other })['z']!,
      divergence: divergences(target.program, sizes, { z: z! }, { z: placed }, other)['z']!,
    }
  }, FLOAT64)
  const { z, same, different, divergence } = run(words(4)) as unknown as Readonly<Record<string, NdArray>>
  for (let row = 0; row < ROWS; row++) {
    // log density at a draw: −n/2 · (log 2π + 1) − n · log 10⁻³ but for n/2 · (1 − mean of z²) of size √(n/2).
    const expected = WIDTH * (-0.5 * (Math.log(2 * Math.PI) + 1) + Math.log(1000))
    expect(Math.abs(same!.data[row]! - expected)).toBeLessThan(5 * Math.sqrt(WIDTH / 2))
    expect(different!.data[row]!).toBeLessThan(-1e6)
    const means = Array.from(z!.data.slice(row * WIDTH, (row + 1) * WIDTH), (x) => Math.round(x))
    const kl = means.reduce((sum, m) => sum + Math.log(1000) + (1e-6 + m * m - 1) / 2, 0)
    expect(divergence!.data[row]).toBeCloseTo(kl, 8)
  }
})

test('steps of a chain are left out differently, and drawn as their log probabilities have it', () => {
  const steps = model('steps')
    .network('f', half)
    .markov('t', 'n', (t) =>
      t.latent(
        'z',
        ({ f }) => normal(f(ones()), 1e-3),
        ({ f }) => normal(f(ones()), 1e-3),
      ),
    )
  const all = new Map([['n', ROWS], ['t', ROWS]]) // prettier-ignore
  const run = compile((k: Tensor) => {
    const { z } = draws(steps.program, all, foldInKey(k, 0), { f: {} }, undefined, {}, k)
    return { z: z!, log: logProbs(steps.program, all, { f: {}, z: z! }, {}, { training: k })['z']! }
  }, FLOAT64)
  const { z, log } = run(words(5)) as unknown as Readonly<Record<'z' | 'log', NdArray>>
  const rounded = new NdArray(z.data.map((x) => Math.round(x)), z.shape) // prettier-ignore
  expect(new Set([0, 1, 2].map((i) => rowOf(rounded, i))).size).toBe(ROWS)
  for (const x of log.data) expect(x).toBeGreaterThan(0)
})
