import type { Precision } from '@variate/compile'
import {
  Comparisons,
  conditionOf,
  show,
  symmetricSize,
  transposed,
  type Case,
  type Tally,
} from '@variate/testing'
import { compiledDensities, eagerDensities, variablesOf } from './densities.ts'
import { groupsOf, type Column, type Group } from './groups.ts'
import type { Subject } from './subjects.ts'
import type { Way } from './ways.ts'

/** The ulp of float32, and that of float64 in it. */
const ULP = 2 ** -23
const WIDE = 2 ** -29
/** Derivatives beyond float32 are those of float64 alone. */
const LARGEST = 3.4e38
const TINY = 2 ** -126
/** What a log density may be wrong by near 0. */
const NOTHING = 1e-14

/**
 * Compiled log densities and their gradients against the oracle, all of them in each way to run them.
 *
 * In float32 a number may be wrong by 2 ulp, by 4 times what an ulp of an input changes, and by twice what eager ones are
 * wrong by at worst in the case. In float64 by 1e-12 of itself, a gradient by 1e-11, and by 4 times what an ulp of
 * float64 changes. In both by what changes the log density by 1e-14. Of gradients these are shares of their natural size,
 * √|second derivative| where they pass through 0.
 */
export function checkDensities(subject: Subject): Tally {
  const tally = new Comparisons(subject.name, 'log density and gradient, compiled')
  for (const group of groupsOf(subject)) {
    const eager = eagerDensities(group)
    const wanted = [valuesOf(group), ...variablesOf(group).map((i) => slopesOf(group.columns[i]!, group))]
    for (const [way, got] of compiledDensities(group)) {
      wanted.forEach((entries, k) => {
        const rooms = roomsOf(entries, eager[k]!.data, group)
        for (const entry of entries) compare(tally, group, way, entry, eager[k]!.data, got[k]!.data, rooms)
      })
    }
  }
  return tally.close()
}

/** A number that the oracle knows. */
interface Entry {
  readonly row: number
  /** Where it stands in what a program gives; derivatives in symmetric matrices are means of two. */
  readonly places: readonly number[]
  readonly what: string
  readonly expected: number
  /** What shares of it are taken of. */
  readonly size: number
  /** Shares of the size that may be wrong in float32, and in float64, whatever eager ones are. */
  readonly allowed: Readonly<Record<Precision, number>>
  /** What is nothing. */
  readonly nothing: number
}

function valuesOf({ rows }: Group): readonly Entry[] {
  return rows.map(([item, v], row) => {
    const expected = item.logProb[v]!
    const size = Math.abs(expected)
    const spread = (4 * item.sensitivity[v]!) / Math.max(size, TINY)
    const allowed = { float32: 2 * ULP + spread, float64: 1e-12 + spread * WIDE }
    return {
      row,
      places: [row],
      what: 'log density',
      expected,
      size: Math.max(size, TINY),
      allowed,
      nothing: NOTHING,
    }
  })
}

function slopesOf({ name, shape, first, second, data }: Column, { rows, columns }: Group): readonly Entry[] {
  return rows.flatMap(([item, v], r) => {
    const row = first[r] ?? []
    const start = r * row.length
    const own = row.map((_, i) => data[start + i]!)
    const event = shape.slice(1)
    const n = symmetricSize(row, event) === undefined ? undefined : symmetricSize(own, event)
    const largest = Math.max(...row.map((g) => Math.abs(g ?? 0)))
    const inputs = columns.flatMap((column) => rowOf(column, r, rows.length))
    const length = Math.max(...inputs.filter(Number.isFinite).map(Math.abs), TINY)
    const condition = conditionOf(item, v)
    return row.flatMap((g, i): readonly Entry[] => {
      if (g === null) return []
      const mirror = n === undefined ? i : transposed(i, n)
      const h = second?.[r]?.[i]
      const known = h === null || h === undefined ? largest : Math.max(Math.abs(g), Math.sqrt(Math.abs(h)))
      return [
        {
          row: r,
          places: [start + i, start + mirror],
          what: row.length > 1 ? `${name} entry ${i}` : name,
          expected: (g + row[mirror]!) / 2,
          size: Math.max(known, 1e-6 * largest, TINY),
          allowed: { float32: Math.max(2 * ULP, condition), float64: Math.max(1e-11, condition * WIDE) },
          nothing: NOTHING / length,
        },
      ]
    })
  })
}

function rowOf({ data }: Column, row: number, rows: number): readonly number[] {
  const length = data.length / rows
  return data.slice(row * length, (row + 1) * length)
}

/** What eager numbers are wrong by at worst in the case of each row, as a share of their size. */
function roomsOf(
  entries: readonly Entry[],
  eager: ArrayLike<number>,
  group: Group,
): ReadonlyMap<Case, number> {
  const rooms = new Map<Case, number>()
  for (const { row, places, expected, size } of entries) {
    const [item] = group.rows[row]!
    const error = Math.abs(meanAt(eager, places) - expected) / size
    if (Number.isFinite(error)) rooms.set(item, Math.max(rooms.get(item) ?? 0, error))
  }
  return rooms
}

function compare(
  tally: Comparisons,
  { rows }: Group,
  { name, precision }: Way,
  { row, places, what, expected, size, allowed, nothing }: Entry,
  eager: ArrayLike<number>,
  found: ArrayLike<number>,
  rooms: ReadonlyMap<Case, number>,
): void {
  const [item, v] = rows[row]!
  const got = meanAt(found, places)
  const at = `case "${item.name}" at ${show(item.values[v]!)}, ${what}, ${name}`
  if (precision === 'float64') {
    if (isBeyond(tally.name, item.values[v]!)) return tally.omit()
    return tally.compare({ at, expected, got, allowed: allowed.float64 * size + nothing })
  }
  const known = meanAt(eager, places)
  const isSame = Object.is(got, known) || got === known
  if (isSame || Number.isFinite(known - expected)) {
    const share = isSame ? 0 : 2 * rooms.get(item)!
    const of = isSame ? known : expected
    return tally.compare({
      at: `${at}, eagerly ${known}`,
      expected: of,
      got,
      allowed: (allowed.float32 + share) * size + nothing,
    })
  }
  // Beyond float32 eagerly, or in what it passes through.
  if (Math.abs(expected) < LARGEST) tally.omit()
  else tally.check(!Number.isFinite(got), () => `${at}: ${expected} is beyond float32, got ${got}`)
}

/** The float32 number next to π lies beyond π, in float64. */
function isBeyond(name: string, value: unknown): boolean {
  return name === 'vonMises' && Math.abs(value as number) > Math.PI
}

function meanAt(numbers: ArrayLike<number>, places: readonly number[]): number {
  return places.reduce((sum, place) => sum + numbers[place]! / places.length, 0)
}
