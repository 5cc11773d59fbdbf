import { readFileSync } from 'node:fs'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { REASONS } from '../src/trace/kernels/untraced.ts'
import { TRACED } from '../src/trace/registerKernels.ts'

const page = readFileSync(new URL('../../../docs/compile-kernels.md', import.meta.url), 'utf8')

/** Every kernel name that tfjs-core exports, each as a constant of that name. */
const names = Object.entries(tf).flatMap(([name, value]) =>
  value === name || (name === '_FusedMatMul' && typeof value === 'string') ? [value] : [],
)

const reasons = new Map(
  Object.entries(REASONS).flatMap(([reason, kernels]) => kernels.split(' ').map((name) => [name, reason])),
)

/** Rows of the page's table: the name of each kernel, and what stands beside it. */
const rows = Array.from(
  page.matchAll(/^\| `(\w+)` +\| (.*?) +\|$/gm),
  ([, name, told]) => [name!, told!] as const,
)

test('the page has a row for each kernel, in order, traced or with the reason why not', () => {
  const byName = names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
  expect(rows).toEqual(byName.map((name) => [name, name in TRACED ? 'traced' : reasons.get(name)]))
})

test('the page says how many are traced', () => {
  const count = Object.keys(TRACED).length
  expect(count).toBeGreaterThanOrEqual(100)
  expect(page).toContain(`${count} of the ${names.length} kernels`)
})
