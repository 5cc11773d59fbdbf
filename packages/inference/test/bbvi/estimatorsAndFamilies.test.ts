import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import { Tensor, tidy } from '@tensorflow/tfjs-core'
import { key, NdArray } from '@variate/core'
import { constant } from '@variate/core/ops'
import * as estimators from '@variate/estimators'
import * as families from '@variate/families'
import { expect, test } from 'vitest'
import { problemOf, structureOf } from '../../src/bbvi/problemOf.ts'
import { columnOf, type Column } from '../table/cell.ts'
import { ESTIMATORS } from '../table/estimators.ts'
import { MODELS } from '../table/models.ts'
import { COLUMNS, columnsFor } from '../table/page.ts'

const page = readFileSync(new URL('../../../../docs/estimators-and-families.md', import.meta.url), 'utf8')

/** What the packages export besides: parts of estimators, and tools. */
const NO_ESTIMATORS = [
  'controlVariate',
  'gradientVariance',
  'leaveOneOut',
  'logWeight',
  'movingAverage',
  'networkBaseline',
  'totalOf',
  'weightedKl', // a bound of other estimators
]
/** Starts, a family's parts, and what makes a family of a guide. */
const NO_FAMILIES = [
  'conditional',
  'diagonalNormal',
  'fullNormal',
  'guideFamily',
  'initTo',
  'isotropicNormal',
  'perElement',
]

test('the tables name every estimator, every baseline and every family that the packages export', () => {
  const rows = Object.keys(ESTIMATORS)
  const named = new Set(rows.map((row) => /^\w+/.exec(row)![0]))
  const exported = Object.keys(estimators).filter((name) => !NO_ESTIMATORS.includes(name))
  expect([...named].toSorted()).toEqual(exported.toSorted())
  for (const name of ['controlVariate', 'leaveOneOut', 'movingAverage', 'networkBaseline'])
    expect(rows.some((row) => row.includes(`baseline: ${name}()`))).toBe(true)
  const own = Object.keys(families).filter((name) => !NO_FAMILIES.includes(name))
  expect(COLUMNS.filter((name) => name !== 'guide').toSorted()).toEqual(own.toSorted())
})

test('the page has a row for each estimator and a column for each family, in each table', () => {
  for (const model of Object.keys(MODELS)) {
    const [, text] = page.split(`<!-- ${model} -->`)
    const lines = text!.split(`<!-- /${model} -->`)[0]!.trim().split('\n')
    const [head, , ...rows] = lines.map((line) => line.split('|').slice(1, -1))
    expect(head!.slice(1).map((cell) => cell.trim().replaceAll('`', ''))).toEqual(columnsFor(model))
    expect(rows.map((cells) => cells[0]!.trim().replaceAll('`', ''))).toEqual(Object.keys(ESTIMATORS))
    for (const cells of rows) expect(cells.every((cell) => cell.trim() !== '')).toBe(true)
  }
})

/** Families that differ in how they are told and drawn; of all others one estimator of a kind is run here, all when it is measured. */
const WHOLE = ['meanField', 'point', 'guide']
const OF_EACH_KIND = ['reparameterization()', 'scoreFunction()', 'doublyReparameterized()']

/** The variances of a model's table, by the names of estimators and families. */
function variancesIn(model: string): (estimator: string, family: string) => number {
  const lines = page.split(`<!-- ${model} -->`)[1]!.split('\n')
  return (estimator, family) => {
    const row = lines.find((line) => line.split('|')[1]?.trim() === `\`${estimator}\``)
    return Number.parseFloat(row!.split('|')[columnsFor(model).indexOf(family) + 2]!.replace('(', ''))
  }
}

test('the variances on the page are ordered as the literature says', () => {
  for (const model of Object.keys(MODELS)) {
    const of = variancesIn(model)
    for (const family of columnsFor(model).filter((name) => name !== 'point')) {
      const plain = of('scoreFunction()', family)
      expect(of('scoreFunction({ baseline: leaveOneOut() })', family)).toBeLessThan(plain)
      expect(of('scoreFunction({ baseline: movingAverage() })', family)).toBeLessThan(plain)
    }
  }
  // Of a latent in one factor with all others there is nothing to leave out; where costs lose a constant, they may vary more.
  const whole = 'scoreFunction({ raoBlackwell: false })'
  for (const model of ['gaussian', 'bernoulli'])
    expect(variancesIn(model)('scoreFunction()', 'meanField')).toBeLessThan(
      variancesIn(model)(whole, 'meanField'),
    )
  const ofGaussian = variancesIn('gaussian')
  for (const family of columnsFor('gaussian').filter((name) => name !== 'point'))
    expect(ofGaussian('doublyReparameterized()', family)).toBeLessThan(
      ofGaussian('importanceWeighted()', family),
    )
})

const cases = Object.keys(MODELS).flatMap((model) =>
  columnsFor(model).map((family) => [model, family] as const),
)

test.each(cases)('%s, %s: estimators give finite gradients, or refuse a latent by name', (model, family) => {
  const of = MODELS[model]!
  const latents = [...of.continuous, ...of.discrete]
  const column = refusedOr(() => columnOf(of, family))
  const names = WHOLE.includes(family) ? Object.keys(ESTIMATORS) : OF_EACH_KIND
  const outcomes =
    typeof column === 'string'
      ? [column]
      : names.map((name) => refusedOr(() => estimateOf(column, ESTIMATORS[name]!.estimator)))
  const isRight = (outcome: string | readonly number[]): boolean =>
    typeof outcome === 'string'
      ? [...latents, latents.join(',')].some((name) => outcome.includes(`"${name}"`))
      : outcome.every((x) => Number.isFinite(x))
  expect(outcomes.filter((outcome) => !isRight(outcome))).toEqual([])
})

function refusedOr<Of>(f: () => Of): Of | string {
  try {
    return f()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'unsupported') return error.message
    throw error
  }
}

/** The objective and all numbers of the gradient of one step, operation by operation. */
function estimateOf({ setting, params }: Column, estimator: estimators.Estimator): readonly number[] {
  const structure = structureOf(setting, new Map())
  const state = estimator.init(structure, 'table')
  return tidy(() => {
    const { values: data, present } = setting.model
    const problem = problemOf(setting, structure, tensorsOf({ data, present, rows: {} }) as never)
    const own = tensorsOf(params) as never
    const { objective, gradients } = estimator.estimate(problem, own, key(3), tensorsOf(state) as never)
    return [objective, ...leaves(gradients)].flatMap((x) => [...x.dataSync()])
  })
}

function tensorsOf(tree: unknown): unknown {
  if (tree instanceof NdArray) return constant(tree as never)
  if (Array.isArray(tree)) return tree.map(tensorsOf)
  if (typeof tree !== 'object' || tree === null) return tree
  return Object.fromEntries(Object.entries(tree).map(([name, item]) => [name, tensorsOf(item)]))
}

function leaves(tree: unknown): readonly Tensor[] {
  return tree instanceof Tensor ? [tree] : Object.values(tree as object).flatMap(leaves)
}
