import '@tensorflow/tfjs-backend-cpu'
import { key } from '@variate/core'
import { expect, test } from 'vitest'
import { allOf, type Params } from '../../src/bbvi/measurer.ts'
import { atomsOf } from './atoms.ts'
import { columnOf, measured, type Cell, type Column } from './cell.ts'
import { coefficientsOf } from './coefficients.ts'
import { ESTIMATORS, type Objective } from './estimators.ts'
import { exactGradients, pointGradient, type Gradient } from './exactGradient.ts'
import { MODELS } from './models.ts'

const OBJECTIVES = ['elbo', 'bound of two', 'renyi', 'thermodynamic', 'wake'] as const
const VOLUME = 0.3

/** What is climbed, written out; of `wake` what has its gradient. */
function valueOf(objective: Objective, p: Float64Array, q: Float64Array, held: Float64Array): number {
  const sum = (f: (i: number) => number): number => [...p.keys()].reduce((total, i) => total + f(i), 0)
  const [mass, w] = [(i: number) => VOLUME * Math.exp(q[i]!), (i: number) => p[i]! - q[i]!]
  const elbo = sum((i) => mass(i) * w(i))
  const pairs = (alpha: number): number =>
    sum((i) =>
      sum((j) => mass(i) * mass(j) * Math.log((Math.exp(alpha * w(i)) + Math.exp(alpha * w(j))) / 2)),
    ) / alpha
  if (objective === 'elbo') return elbo
  if (objective === 'bound of two') return pairs(1)
  if (objective === 'renyi') return pairs(0.5)
  if (objective === 'wake') {
    const all = held.reduce((total, x) => total + Math.exp(x), 0)
    return sum((i) => (Math.exp(held[i]!) / all) * (p[i]! + q[i]!))
  }
  const half = (i: number): number => Math.exp((p[i]! + q[i]!) / 2)
  return (elbo + sum((i) => half(i) * w(i)) / sum(half)) / 2
}

test.each(OBJECTIVES)(
  'the derivatives of an objective by log p and log q are its differences: %s',
  (objective) => {
    const p = Float64Array.of(-0.3, -2.1, 0.4, -7, -1)
    const q = Float64Array.of(-1, -0.2, -3, -2.5, -30)
    const found = coefficientsOf(objective, p, q, VOLUME)
    const step = 1e-5
    const moved = (x: Float64Array, i: number, by: number): Float64Array =>
      x.map((own, at) => (at === i ? own + by : own))
    for (const i of p.keys()) {
      const byP = [step, -step].map((by) => valueOf(objective, moved(p, i, by), q, p)) as [number, number]
      const byQ = [step, -step].map((by) => valueOf(objective, p, moved(q, i, by), p)) as [number, number]
      expect(found.p[i]).toBeCloseTo((byP[0] - byP[1]) / (2 * step), 7)
      expect(found.q[i]).toBeCloseTo((byQ[0] - byQ[1]) / (2 * step), 7)
    }
  },
)

function distance(a: Gradient, b: Gradient): number {
  return Math.max(
    ...[...a].flatMap(([name, own]) => Array.from(own, (x, i) => Math.abs(x - b.get(name)![i]!))),
  )
}

/** Coarser than where there are edges, so that it takes as long as others. */
const ROUGH = [
  { step: 0.02, reach: 7 },
  { step: 0.1, reach: 7 },
]

test(
  'grids with and without edges agree about what has none, in one dimension and in two',
  { timeout: 120_000 },
  () => {
    for (const model of ['gaussian', 'mixed']) {
      const of = MODELS[model]!
      const { setting, params } = columnOf(of, 'fullRank')
      const [smooth, rough] = ['fullRank', 'radialFlow'].map((family) =>
        exactGradients(setting, params, atomsOf(setting, of, family, ROUGH)),
      )
      for (const objective of OBJECTIVES)
        expect(distance(smooth!(objective), rough!(objective))).toBeLessThan(1e-7)
    }
  },
)

/** A column at the parameters that a family begins with. */
function begun(family: string): Column {
  const column = columnOf(MODELS['gaussian']!, family)
  return { ...column, params: { model: {}, guide: column.setting.variational.init(key(3)) } as Params }
}

// At first the reverse model is the posterior of the auxiliary number, where the bound touches that of independent normals.
test('a hierarchical family begins with the gradient of independent normals', () => {
  const of = MODELS['gaussian']!
  const [mean, joint] = ['meanField', 'hierarchical'].map((family) => {
    const { setting, params } = begun(family)
    return exactGradients(setting, params, atomsOf(setting, of, family))('elbo')
  })
  const all = [...joint!.keys()]
  for (const [i, name] of ['z', 'u'].entries())
    for (const own of ['loc', 'logScale'])
      expect(joint!.get(all.find((x) => x.endsWith(`.${own}`))!)![i]).toBeCloseTo(
        mean!.get(`${name}.${own}`)![0]!,
        8,
      )
})

test('at a single point every estimator gives the gradient of the log density, exactly', async () => {
  const column = columnOf(MODELS['gaussian']!, 'point')
  const [z, u] = allOf(column.params).map(([, { data }]) => data[0]!) as [number, number]
  // log p = −½·(z² + (u − z)² + (x − u)²) + constant.
  const expected = [u - 2 * z, column.of.data['x']! - 2 * u + z]
  const exact = pointGradient(column.setting, column.params)
  for (const [i, [found]] of [...exact.values()].entries()) expect(found).toBeCloseTo(expected[i]!, 12)
  const cells: Cell[] = []
  for (const own of Object.values(ESTIMATORS)) cells.push(await measured(column, own, 3, 0, exact))
  const refused = cells.flatMap((cell) => ('refused' in cell ? [cell.refused] : []))
  expect(refused.filter((why) => !why.includes('q is a single point in "z"'))).toEqual([])
  const told = cells.flatMap((cell) => ('refused' in cell ? [] : [cell]))
  expect(told.length).toBeGreaterThan(10)
  for (const cell of told) {
    expect(cell.variance).toBeLessThan(1e-24)
    // In millionths.
    expect(cell.farthest).toBeLessThan(1e-6)
  }
})
