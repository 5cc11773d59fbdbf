import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import * as distributions from '../src/index.ts'
import { combinations } from './combinations.ts'

/** What index.ts exports besides factories of distributions, and second names. */
const others = [
  'biject',
  'constraints',
  'estimateKlDivergence',
  'hasClosedForm',
  'klDivergence',
  'klUpperBound',
  'linearLogProb',
  'toEvent',
]

const factories = Object.keys(distributions).filter((name) => !others.includes(name))
const sources = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(new URL(file, import.meta.url), 'utf8'))

/** Whether a test registers the laws for it, by itself or in combinations. */
function hasLaws(name: string): boolean {
  const own = `\nlaws('${name}', ${name}`
  const combined = `\nlawsOfCombinations('${name}')`
  const isCombined = Object.values<{ readonly of: string }>(combinations).some(({ of }) => of === name)
  return sources.some((text) => text.includes(own) || (isCombined && text.includes(combined)))
}

test('every factory that is exported makes a distribution that the laws are checked for', () => {
  expect(factories.length).toBeGreaterThan(60)
  expect(factories.filter((name) => !hasLaws(name))).toEqual([])
})

test('every combination of which there is an oracle is checked', () => {
  const used = new Set(Object.values<{ readonly of: string }>(combinations).map(({ of }) => of))
  expect([...used].filter((name) => !hasLaws(name))).toEqual([])
})
