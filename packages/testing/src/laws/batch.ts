import { key } from '@variate/core'
import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { call, type AnyDistribution, type Given, type Nested } from '../distribution.ts'
import { read, show, tensorOf, withLeaves } from '../evaluate.ts'
import type { Case } from '../oracle/parseOracle.ts'
import { Z_CRITICAL } from '../statistics/budget.ts'
import { rankCorrelation } from '../statistics/ranks.ts'
import type { Subject } from '../subject.ts'
import { Comparisons, type Tally } from '../tally.ts'
import { densityTolerance } from './density.ts'
import { draw, sizeOf } from './draws.ts'

/** Cases whose parameters stack: the same alternatives and shapes, the same structural arguments. */
export function stackable({ cases, structural }: Subject): readonly (readonly Case[])[] {
  const groups = new Map<string, Case[]>()
  for (const item of cases) {
    const signature = show(
      item.leaves.map(({ name, shape, argument, value }) =>
        structural.has(argument) ? ([name, value] as never) : ([name, shape] as never),
      ),
    )
    groups.set(signature, [...(groups.get(signature) ?? []), item])
  }
  return [...groups.values()]
}

/** The parameters of several cases as one batch. */
export function stacked(
  { structural }: Subject,
  group: readonly Case[],
  toGiven: (nested: Nested) => Given = (nested) => nested,
): ReturnType<typeof withLeaves> {
  const [first] = group
  return withLeaves(
    first!,
    first!.leaves.map(({ argument }, i) =>
      structural.has(argument) ? undefined : toGiven(group.map(({ leaves }) => leaves[i]!.value)),
    ),
  )
}

/**
 * A batch gives the numbers that its elements give one by one: for a value each, and for values along an axis of
 * their own; as nested arrays, as tensors and as NdArray-like data. A batch of nothing gives nothing.
 */
export function checkBatch(subject: Subject): Tally {
  const { name, make } = subject
  const tally = new Comparisons(name, 'batches')
  for (const group of stackable(subject)) {
    const values = group.map((item) => item.values[0]!)
    const single = group.map((item) => read(() => call(make, item.args).logProb(tensorOf(values))))
    tf.tidy(() => {
      for (const [kind, toGiven] of KINDS) {
        const distribution = call(make, stacked(subject, group, toGiven))
        const at = `batch of ${group.length} like "${group[0]!.name}" of ${kind}`
        checkShape(tally, `${at}: batchShape`, distribution.batchShape, [group.length])
        const column = tf.expandDims(tensorOf(values), 1)
        const grid = distribution.logProb(column)
        checkShape(tally, `${at}: values × batch`, grid.shape, [group.length, group.length])
        const got = grid.dataSync()
        const diagonal = distribution.logProb(tensorOf(values)).dataSync()
        group.forEach((item, b) => {
          values.forEach((value, v) => {
            const expected = single[b]![v]!
            // The oracle knows how ill-conditioned the case is at its own values only.
            const allowed = Math.max(
              densityTolerance(expected, item.sensitivity[v] ?? 0),
              2e-5 * Math.abs(expected),
            )
            const where = `${at}, element "${item.name}" at ${show(value)}`
            tally.compare({ at: where, expected, got: got[v * group.length + b]!, allowed })
            if (v === b) tally.compare({ at: `${where}, one each`, expected, got: diagonal[b]!, allowed })
          })
        })
      }
      checkEmpty(tally, subject, group[0]!)
    })
  }
  return tally.close()
}

const KINDS: readonly (readonly [string, (nested: Nested) => Given])[] = [
  ['nested arrays', (nested) => nested],
  ['tensors', tensorOf],
]

function checkEmpty(tally: Comparisons, subject: Subject, item: Case): void {
  const { structural, make, name } = subject
  const none = item.leaves.map(({ shape, argument }) =>
    structural.has(argument) ? undefined : tf.zeros([0, ...shape]),
  )
  if (none.every((leaf) => leaf === undefined)) return
  const distribution = call(make, withLeaves(item, none))
  const { eventShape } = distribution
  checkShape(tally, `${name}: empty batch`, distribution.batchShape, [0])
  checkShape(tally, `${name}: draws of an empty batch`, distribution.sample(key(0), [2]).shape, [
    2,
    0,
    ...eventShape,
  ])
  const value = tf.expandDims(tensorOf(item.values), 1)
  checkShape(tally, `${name}: density of an empty batch`, distribution.logProb(value).shape, [
    item.values.length,
    0,
  ])
  for (const moment of ['mean', 'variance', 'entropy'] as const) {
    const shape = distribution[moment]?.().shape
    if (shape)
      checkShape(
        tally,
        `${name}: ${moment} of an empty batch`,
        shape,
        moment === 'entropy' ? [0] : [0, ...eventShape],
      )
  }
}

function checkShape(
  tally: Comparisons,
  at: string,
  got: readonly number[],
  expected: readonly number[],
): void {
  tally.check(show(got) === show(expected), () => `${at}: expected shape ${show(expected)}, got ${show(got)}`)
}

/** Draws of different elements of a batch are independent, and each is of its own element. */
export function checkBatchSampler(subject: Subject): Tally {
  const { name, make } = subject
  const tally = new Comparisons(name, 'batches of samples')
  const groups = stackable(subject).toSorted((a, b) => b.length - a.length)
  for (const [g, group] of groups.slice(0, GROUPS).entries()) {
    const pair = [group[0]!, group[0]!, ...group.slice(1, 3)]
    const distribution: AnyDistribution = call(make, stacked(subject, pair))
    const size = sizeOf(distribution.eventShape)
    const draws = draw(distribution, 1000 + g, [COUNT])
    const of = (element: number, entry: number): Float64Array =>
      Float64Array.from({ length: COUNT }, (_, i) => draws[(i * pair.length + element) * size + entry]!)
    for (let entry = 0; entry < Math.min(size, 3); entry++) {
      const z = rankCorrelation(of(0, entry), of(1, entry))
      const at = `batch of ${pair.length} like "${pair[0]!.name}", entry ${entry}: correlation of elements`
      if (z !== undefined) tally.compare({ at, expected: 0, got: z, allowed: Z_CRITICAL })
      pair.slice(1).forEach((item, element) => {
        const alone = call(make, item.args)
        checkSameDistribution(
          tally,
          `element "${item.name}", entry ${entry}`,
          of(element + 1, entry),
          alone,
          entry,
        )
      })
    }
  }
  return tally.close()
}

const COUNT = 2000
/** The groups of like cases that are drawn, the largest. */
const GROUPS = 5

/** Two samples' ranks: Mann and Whitney's statistic, and the same of distances from the median, for the spread. */
function checkSameDistribution(
  tally: Comparisons,
  at: string,
  xs: Float64Array,
  alone: AnyDistribution,
  entry: number,
): void {
  const size = sizeOf(alone.eventShape)
  const draws = draw(alone, 999, [COUNT])
  const ys = Float64Array.from({ length: COUNT }, (_, i) => draws[i * size + entry]!)
  const all = [...xs, ...ys]
  const label = all.map((_, i) => +(i < COUNT))
  const median = Float64Array.from(all).sort()[COUNT]!
  for (const [what, of] of [
    ['location', (x: number) => x],
    ['spread', (x: number) => Math.abs(x - median)],
  ] as const) {
    const z = rankCorrelation(all.map(of), label)
    if (z === undefined) continue
    tally.compare({ at: `${at}: ${what} in a batch and alone`, expected: 0, got: z, allowed: Z_CRITICAL })
  }
}

/** Broadcasting: parameters [n, 1] and [m] make a batch [n, m]. */
export function checkBroadcast(subject: Subject): Tally {
  const { name, make, structural } = subject
  const tally = new Comparisons(name, 'broadcasting')
  for (const group of stackable(subject)) {
    const [a] = group
    const b = group[1] ?? a!
    const own = a!.leaves.flatMap(({ argument }, i) => (structural.has(argument) ? [] : [i]))
    const [lead, ...rest] = own
    if (lead === undefined) continue
    const pick = (x: Case, y: Case): ReturnType<typeof withLeaves> =>
      withLeaves(
        a!,
        a!.leaves.map((_, i) => (i === lead ? x : y).leaves[i]!.value),
      )
    const isValid = (x: Case, y: Case): boolean => {
      try {
        call(make, pick(x, y))
        return true
      } catch {
        return false
      }
    }
    if (rest.length === 0 || !isValid(a!, b) || !isValid(b, a!)) continue
    const value = a!.values[0]!
    tf.tidy(() => {
      const rows = (i: number): Tensor => tf.expandDims(tensorOf([a!, b].map((x) => x.leaves[i]!.value)), 1)
      const columns = (i: number): Nested => [a!, b, a!].map((x) => x.leaves[i]!.value)
      const distribution = call(
        make,
        withLeaves(
          a!,
          a!.leaves.map((_, i) => (i === lead ? rows(i) : rest.includes(i) ? columns(i) : undefined)),
        ),
      )
      const at = `parameters of "${a!.name}" and "${b.name}"`
      checkShape(tally, `${at}: batchShape`, distribution.batchShape, [2, 3])
      checkShape(tally, `${at}: draws`, distribution.sample(key(3), [4]).shape, [
        4,
        2,
        3,
        ...distribution.eventShape,
      ])
      const got = distribution.logProb(tensorOf(value)).dataSync()
      ;[a!, b].forEach((x, i) =>
        [a!, b, a!].forEach((y, j) => {
          const expected = read(() => call(make, pick(x, y)).logProb(tensorOf(value)))[0]!
          const allowed = Math.max(
            densityTolerance(expected, Math.max(a!.sensitivity[0]!, 0)),
            2e-5 * Math.abs(expected),
          )
          tally.compare({ at: `${at}, element [${i}, ${j}]`, expected, got: got[i * 3 + j]!, allowed })
        }),
      )
    })
  }
  return tally.close()
}
