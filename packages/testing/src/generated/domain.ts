import { key } from '@variate/core'
import { drawNormal, drawRandint } from '@variate/core/ops'
import type { Argument, Given, Nested } from '../distribution.ts'
import { read, withLeaves } from '../evaluate.ts'
import { sizeOf } from '../laws/draws.ts'
import type { Case } from '../oracle/parseOracle.ts'

/** Where a parameter may lie, as its distribution declares it. */
export interface Domain {
  readonly eventRank: number
  readonly isDiscrete: boolean
  violation(event: ArrayLike<number>, eventShape: readonly number[]): string | undefined
  /** An event of the domain made of numbers of any size, for vectors and matrices; undefined if no map is known. */
  from?(numbers: readonly number[], eventShape: readonly number[]): Nested | undefined
}

/** Tiny, typical and huge numbers, whole and broken, the ends of usual domains, and what is next to them. */
const UNSIGNED = [0, 1e-30, 1e-4, 0.3, 1 - 2 ** -24, 1, 2.5, 7, 1e4, 1e30]
const NUMBERS: readonly number[] = [...new Set(UNSIGNED.flatMap((x) => [x, -x]))].map(Math.fround)
/** Whole numbers say how many or how long: what is larger takes too long. */
const MOST = 100
/** How far vectors and matrices are from the middle of their domain. */
const SPREADS = [0, 0.5, 3]
/** Combinations of what was tried alone. */
const COMBINED = 8

/**
 * Parameter sets across the declared domain: each parameter at each of its candidates, the others as in a typical case,
 * then keyed combinations of candidates. A distribution may still refuse some, which are none of it.
 */
export function parameterSets(
  item: Case,
  domains: readonly (Domain | undefined)[],
): readonly (readonly Argument<Given>[])[] {
  const candidates = item.leaves.map(({ shape }, i) => candidatesOf(domains[i], shape, i))
  const alone = candidates.flatMap((list, i) =>
    list.map((candidate) =>
      withLeaves(
        item,
        item.leaves.map((_, j) => (j === i ? candidate : undefined)),
      ),
    ),
  )
  const combined = Array.from({ length: candidates.length > 1 ? COMBINED : 0 }, (_, k) => {
    const picks = read(() => drawRandint(key(k), [candidates.length], 0, 2 ** 30))
    return withLeaves(
      item,
      candidates.map((list, i) => list[picks[i]! % Math.max(1, list.length)]),
    )
  })
  return [item.args, ...alone, ...combined]
}

function candidatesOf(domain: Domain | undefined, shape: readonly number[], seed: number): readonly Nested[] {
  if (!domain) return []
  if (domain.eventRank === 0) {
    const inside = NUMBERS.filter((x) => domain.violation([x], []) === undefined)
    return (domain.isDiscrete ? inside.filter((x) => Math.abs(x) <= MOST) : inside).map((x) =>
      filled(shape, x),
    )
  }
  const size = sizeOf(shape)
  return SPREADS.flatMap((spread, k) => {
    const numbers = read(() => drawNormal(key(100 * seed + k), [size])).map((z) => spread * z)
    const event = domain.from?.(numbers, shape)
    return event === undefined ? [] : [event]
  })
}

function filled([length, ...rest]: readonly number[], x: number): Nested {
  return length === undefined ? x : Array.from({ length }, () => filled(rest, x))
}
