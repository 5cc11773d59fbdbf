import type * as tf from '@tensorflow/tfjs-core'
import { Comparisons, show, type AnyDistribution, type Case, type Tally } from '@variate/testing'
import { groupsOf, type Group } from './groups.ts'
import type { Subject } from './subjects.ts'
import { compiledWays, eagerly, type Way } from './ways.ts'

const ULP = 2 ** -23
const WIDE = 2 ** -29
const TINY = 2 ** -126
const LARGEST = 3.4e38

const MEMBERS = ['cdf', 'icdf', 'mean', 'variance', 'entropy'] as const

/** What a member gives for a value, or for none. */
type Member = (d: AnyDistribution, value: tf.Tensor) => tf.Tensor

const OF_VALUES: Readonly<Record<string, Member>> = {
  cdf: (d, x) => d.cdf!(x),
  survival: (d, x) => d.survival!(x),
}
const OF_NOTHING: Readonly<Record<string, Member>> = {
  mean: (d) => d.mean!(),
  variance: (d) => d.variance!(),
  entropy: (d) => d.entropy!(),
}
const OF_PROBABILITIES: Readonly<Record<string, Member>> = { icdf: (d, p) => d.icdf!(p) }

interface Coarse {
  readonly float32?: number
  readonly float64?: number
}

const OF_PROBS = { mean: { float64: 2e-8 }, variance: { float64: 4e-8 }, entropy: { float64: 4e-8 } }

/** What the formulas themselves are wrong by, as a share of the number or of 1, compiled or not. */
const COARSE: Readonly<Record<string, Readonly<Record<string, Coarse>>>> = {
  // The entropies of counts are series, cut off where float32 ends.
  binomial: { entropy: { float64: 1e-9 } },
  negativeBinomial: { entropy: { float64: 1e-9 } },
  negativeBinomial2: { entropy: { float64: 1e-9 } },
  poisson: { entropy: { float64: 1e-9 } },
  // Probabilities that are float32 numbers do not add up to 1.
  categorical: { cdf: { float64: 2e-8 } },
  multinomial: { ...OF_PROBS, mean: { float64: 4e-8 } },
  oneHotCategorical: OF_PROBS,
  'oneHotCategoricalStraightThrough at temperature 2': OF_PROBS,
  // It is a difference of probabilities.
  'folded normal (half-normal)': { cdf: { float32: 2 ** -23 } },
  truncatedNormal: { icdf: { float64: 1e-9 } },
}

/** A number that a member gives, and what the oracle has for it; undefined if nothing. */
interface Entry {
  readonly item: Case
  readonly at: string
  readonly expected: number | undefined
  /** What an ulp of float32 in the inputs changes, and what is nothing. */
  readonly condition: number
  readonly nothing: number
}

/**
 * Cumulative probabilities, quantiles, moments and entropies, compiled, against the oracle. In float32 they may be wrong by
 * 2 ulp, by twice what eager ones are wrong by at worst in the case, and by 4 times what an ulp of an input changes; in
 * float64 by 1e-11 of themselves, and what as many of its ulp change. Quantiles of what is discrete are exact.
 */
export function checkMembers(subject: Subject): Tally {
  const tally = new Comparisons(subject.name, 'cdf, quantiles, moments and entropy, compiled')
  for (const group of groupsOf(subject)) checkGroup(tally, group, OF_VALUES)
  for (const group of groupsOf(once(subject))) checkGroup(tally, group, OF_NOTHING)
  for (const group of groupsOf(ofProbabilities(subject))) checkGroup(tally, group, OF_PROBABILITIES)
  return tally.close()
}

/** Whether the oracle has any of them. */
export function knowsMembers({ cases }: Subject): boolean {
  return cases.some((item) => MEMBERS.some((name) => item[name] !== undefined))
}

/** Cases of one value, for what is of none. */
export function once({ cases, ...subject }: Subject): Subject {
  return { ...subject, cases: cases.map((item) => ({ ...item, values: item.values.slice(0, 1) })) }
}

/** Cases whose values are probabilities, of which there are quantiles. */
function ofProbabilities({ cases, ...subject }: Subject): Subject {
  return {
    ...subject,
    cases: cases.flatMap((item) => (item.icdf?.p.length ? [{ ...item, values: item.icdf.p }] : [])),
  }
}

function checkGroup(tally: Comparisons, group: Group, members: Readonly<Record<string, Member>>): void {
  const { rows, columns, plain } = group
  const has = plain(rows[0]![0])
  const found = Object.entries(members).filter(([name]) => name in has && isKnown(name, rows[0]![0]))
  if (found.length === 0) return
  const program = (...[value, ...parameters]: readonly tf.Tensor[]): readonly tf.Tensor[] => {
    const distribution = group.make(parameters)
    return found.map(([, member]) => member(distribution, value!))
  }
  const eager = eagerly.run(program, columns)
  const isExact = has.support.isDiscrete
  const entries = found.map(([name], k) => entriesOf(name, group, eager[k]!.data.length, has))
  const errors = entries.map((list, k) => worstErrors(list, eager[k]!.data))
  for (const way of compiledWays.filter(({ isInLoops }) => !isInLoops)) {
    const got = way.run(program, columns)
    found.forEach(([name], k) => {
      const coarse = COARSE[tally.name]?.[name]?.[way.precision] ?? 0
      entries[k]!.forEach((entry, i) => {
        const [number, known] = [got[k]!.data[i]!, eager[k]!.data[i]!]
        if (isExact && name === 'icdf') {
          const { at, item } = entry
          tally.compare({
            at: `case "${item.name}", ${at}`,
            expected: entry.expected!,
            got: number,
            allowed: 0,
          })
        } else compare(tally, way, entry, number, known, coarse, errors[k]!.get(entry.item) ?? 0)
      })
    })
  }
}

/** Whether the oracle has it: where it has not, that may be for all that there would be to add up. */
function isKnown(name: string, { cdf, ...item }: Case): boolean {
  return name === 'survival' || name === 'cdf' ? cdf !== undefined : name in item
}

/** What eager numbers are wrong by at worst in each case, as a share of themselves. */
function worstErrors(entries: readonly Entry[], eager: ArrayLike<number>): ReadonlyMap<Case, number> {
  const errors = new Map<Case, number>()
  entries.forEach(({ item, expected }, i) => {
    const error = Math.abs(eager[i]! - expected!) / Math.max(Math.abs(expected!), TINY)
    if (Number.isFinite(error)) errors.set(item, Math.max(errors.get(item) ?? 0, error))
  })
  return errors
}

function compare(
  tally: Comparisons,
  { name, precision }: Way,
  { item, at, expected, condition, nothing }: Entry,
  got: number,
  eager: number,
  coarse: number,
  error: number,
): void {
  const isWide = precision === 'float64'
  const where = `case "${item.name}", ${at}, ${name}, eagerly ${eager}`
  const isSame = Object.is(got, eager) || got === eager
  if (!isWide && isSame) return tally.compare({ at: where, expected: eager, got, allowed: 0 })
  // Without an oracle the eager number is the truth, as far as float32 goes.
  const truth = expected ?? eager
  if (Math.abs(truth) > LARGEST && !isWide) {
    return tally.check(!Number.isFinite(got), () => `${where}: ${truth} is beyond float32, got ${got}`)
  }
  if (!isWide && !Number.isFinite(eager)) return tally.omit()
  const size = Math.abs(truth)
  const isCoarse = expected === undefined
  const share = isCoarse ? 32 * ULP : isWide ? 1e-11 : 2 * ULP + 2 * error
  const change = 4 * condition * (isWide && !isCoarse ? WIDE : 1)
  const allowed = share * size + change + coarse * Math.max(size, 1) + (isWide ? 16 * WIDE : 1) * nothing
  tally.compare({ at: where, expected: truth, got, allowed, isCoarse })
}

/** What the oracle has for the numbers of a member, `count` of them. */
function entriesOf(
  name: string,
  group: Group,
  count: number,
  { eventShape }: AnyDistribution,
): readonly Entry[] {
  const { rows } = group
  const size = eventShape.reduce((product, length) => product * length, 1)
  const each = name === 'mean' || name === 'variance' ? size : 1
  const densities = name === 'icdf' ? densitiesOf(group) : []
  return Array.from({ length: count }, (_, i): Entry => {
    const [item, v] = rows[Math.floor(i / each)]!
    const at = `${name}${each > 1 ? ` entry ${i % each}` : ''} at ${show(item.values[v]!)}`
    const sensitivity = item.sensitivity[v] ?? 0
    if (name === 'cdf' || name === 'survival') {
      const slope = Math.abs(item.values[v] as number) * ULP * Math.exp(item.logProb[v]!)
      const expected = name === 'cdf' ? item.cdf?.[v] : undefined
      const condition = (expected ?? 1) * sensitivity + (Number.isFinite(slope) ? slope : 0)
      return { item, at, expected, condition, nothing: TINY }
    }
    if (name === 'icdf') {
      const [{ p, x }, density] = [item.icdf!, densities[i]!]
      return {
        item,
        at,
        expected: x[v],
        condition: density > 0 ? (ULP * p[v]!) / density : 0,
        nothing: 2 ** -24,
      }
    }
    const expected = item[name as 'mean' | 'variance' | 'entropy']?.[i % each] ?? undefined
    const nothing = ULP * scaleOf(name, item, i % each)
    return { item, at, expected, condition: 0, nothing }
  })
}

/** What moments are sums and differences of: 1 and more for entropies, squares for variances. */
function scaleOf(name: string, { mean = [], variance = [], entropy }: Case, i: number): number {
  if (name === 'entropy') return 2 + 2 * Math.abs(entropy?.[0] ?? 0)
  const largest = Math.max(...mean.map((m) => Math.abs(m ?? 0)), TINY)
  if (name === 'mean') return largest + Math.sqrt(variance[i] ?? 0)
  return 4 * ((mean[i] ?? 0) ** 2 + (variance[i] ?? 0))
}

/** The densities at the quantiles of the oracle. */
function densitiesOf({ rows, columns, make }: Group): readonly number[] {
  const at = { shape: [rows.length], data: rows.map(([{ icdf }, v]) => icdf!.x[v]!) }
  const [logProb] = eagerly.run(
    (x, ...parameters) => [make(parameters).logProb(x!)],
    [at, ...columns.slice(1)],
  )
  return Array.from(logProb!.data, Math.exp)
}
