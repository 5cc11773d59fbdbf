import { key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call } from '../distribution.ts'
import { gradients, repeated, withLeaves } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import { Z_CRITICAL } from '../statistics/budget.ts'
import { meanTest } from '../statistics/zScore.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { areCoarse } from './coarse.ts'
import { differentiable } from './density.ts'

const COUNT = 128
const MANY = 3000
/** The step of differences, in units of what one draw tells about the parameter. */
const STEP = 0.02

/** A derivative of a draw against that of its quantile. */
interface Row {
  readonly x: number
  readonly density: number
  readonly probability: number
  expected: number
  readonly got: number
  /** What the differences may be wrong by. */
  readonly noise: number
}

/**
 * The derivative of a draw x in a parameter θ at a fixed key is −(∂F/∂θ) / p, for the draws' own distribution
 * function F: by differences of fourth order of F, which is computed by other means than draws are. To 2e-3 of
 * itself, or what the differences are worth. Draws that are made of several numbers have other derivatives, of which
 * that is the mean given x: held to it by z-scores of weighted sums.
 */
export function checkPathwise(subject: Subject): Tally {
  const { name, make, cases } = subject
  const tally = new Comparisons(name, 'derivatives of draws by the cdf')
  cases.forEach((item, seed) => {
    const isDifferentiable = differentiable(item)
    item.leaves.forEach((leaf, index) => {
      if (!isDifferentiable[index] || !call(make, item.args).cdf) return
      const at = `case "${item.name}", ${leaf.name}`
      const rows = rowsOf(subject, item, index, seed, COUNT)
      if (rows.length === 0) tally.omit()
      const agreeing = rows.filter(
        ({ got, expected, noise }) => Math.abs(got - expected) <= noise + 0.05 * Math.abs(expected),
      )
      if (agreeing.length >= 0.9 * rows.length) {
        for (const { x, expected, got, noise } of rows) {
          const allowed = Math.max(2e-3 * Math.abs(expected) + noise, 1e-37)
          tally.compare({ at: `${at}, draw ${x}`, expected, got, allowed })
        }
      } else {
        compareMeans(tally, at, rowsOf(subject, item, index, seed, MANY))
      }
    })
  })
  return tally.close()
}

/** Sums over draws, all, to the left and the right of the median, and near it. */
const WEIGHTS: readonly ((probability: number) => number)[] = [
  () => 1,
  (p) => Math.sign(p - 0.5),
  (p) => Math.cos(6 * p),
]

function compareMeans(tally: Comparisons, at: string, rows: readonly Row[]): void {
  WEIGHTS.forEach((weight, w) => {
    const terms = rows.map(({ got, expected, probability }) => weight(probability) * (got - expected))
    const found = meanTest(terms)
    if (!found) return
    const size = rows.reduce((sum, { expected }) => sum + Math.abs(expected), 0) / rows.length
    const allowed = Z_CRITICAL * found.standardError + 5e-3 * size
    tally.compare({ at: `${at}, mean derivative under weight ${w}`, expected: 0, got: found.mean, allowed })
  })
}

function rowsOf(
  { make, isCircular = false, hasAtoms = false }: Subject,
  item: Case,
  index: number,
  seed: number,
  count: number,
): readonly Row[] {
  const theta = item.leaves[index]!.value
  const width = stepOf(item, index)
  if (typeof theta !== 'number' || width === undefined) return []
  const replace = (x: number | Tensor): ReturnType<typeof call> =>
    call(
      make,
      withLeaves(
        item,
        item.leaves.map((_, i) => (i === index ? x : undefined)),
      ),
    )
  const rows: Row[] = []
  tf.tidy(() => {
    const parameter = repeated(theta, count)
    const x = replace(parameter).sample!(key(seed))
    const own = replace(theta)
    const tables = [-2, -1, 1, 2].map((k) => cdfOf(() => replace(theta + k * width), x))
    if (tables.includes(undefined)) return
    if (areCoarse(own, x.dataSync(), hasAtoms)) return
    const [a, b, c, d] = tables as readonly ArrayLike<number>[]
    const [gradient] = gradients((p) => replace(p!).sample!(key(seed)), [parameter])
    const derivatives = gradient!.dataSync()
    const probabilities = own.cdf!(x).dataSync()
    const densities = own.logProb(x).dataSync()
    const draws = x.dataSync()
    // A draw that rests at an end with others says nothing of a density.
    const atoms = hasAtoms ? [Math.min(...draws), Math.max(...draws)] : []
    draws.forEach((value, i) => {
      if (atoms.includes(value)) return
      const density = Math.exp(densities[i]!)
      const near = (c![i]! - b![i]!) / (2 * width)
      const far = (d![i]! - a![i]!) / (4 * width)
      const expected = (far - 4 * near) / 3 / density
      // A draw that float32 rounded by more than a part of the spread has lost its derivative's digits.
      const isCoarse = Math.abs(value) * 2 ** -23 * density > 1e-4
      const probability = probabilities[i]!
      if (isCoarse || !(probability > 0.1 && probability < 0.9) || !(Math.abs(expected) < 1e37)) return
      // What float32 rounds in F, and what differences of two widths differ by, at a kink above all.
      const noise = 3e-7 / width / density + (3 * Math.abs(near - far)) / density
      rows.push({ x: value, density, probability, expected, got: derivatives[i]!, noise })
    })
  })
  if (isCircular) allowFlux(rows)
  const size = rows.reduce((sum, { expected }) => sum + Math.abs(expected), 0) / rows.length
  return rows.filter(({ expected, noise }) => noise <= 0.1 * Math.max(size, Math.abs(expected)))
}

/** Angles may leave at one end of [−π, π] and come in at the other: by one flux, through every x. */
function allowFlux(rows: readonly Row[]): void {
  const fluxes = rows.map(({ got, expected, density }) => (got - expected) * density).sort((a, b) => a - b)
  const flux = fluxes[fluxes.length >> 1]!
  for (const row of rows) row.expected += flux / row.density
}

/** Undefined where there is no such distribution. */
function cdfOf(make: () => ReturnType<typeof call>, x: Tensor): ArrayLike<number> | undefined {
  try {
    return make().cdf!(x).dataSync()
  } catch {
    return undefined
  }
}

/** A step of the size of 1 / score by the oracle; undefined where float32 cannot make it. */
function stepOf({ leaves, gradient, second }: Case, index: number): number | undefined {
  const rows = gradient?.leaves[index] ?? []
  const sizes = rows
    .map((row, v) =>
      Math.max(Math.abs(row[0] ?? 0), Math.sqrt(Math.abs(second?.leaves[index]?.[v]?.[0] ?? 0))),
    )
    .filter((size) => size > 0)
    .sort((a, b) => a - b)
  const theta = leaves[index]!.value
  const median = sizes[sizes.length >> 1]
  if (typeof theta !== 'number' || median === undefined) return undefined
  const width = STEP / median
  return Math.abs(theta) * 2 ** -23 > 1e-3 * width ||
    !(width < 0.2 * Math.abs(theta) || theta === 0 || width < 1)
    ? undefined
    : width
}
