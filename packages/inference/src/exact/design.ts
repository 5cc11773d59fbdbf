import { key, random } from '@variate/core'
import type { Block } from './conjugateSites.ts'

/** Points at which a function of blocks is taken to find out whether it is of exponential families. */
export interface Design {
  /** How many points. In the first all blocks are in the middle. */
  readonly count: number
  /** The first of those that are at the ends of domains, which are the last. */
  readonly ends: number
  /** The points in which only the block differs from the first. */
  readonly variations: readonly (readonly number[])[]
  /** The coordinates of a block in a point. */
  coordinates(point: number, block: number): Float64Array
}

const [LOG_2, LOG_4] = [Math.LN2, 2 * Math.LN2]

/** How far from the middle points for a check are. */
const SPREADS = [1, 1, 3, 3]

/**
 * Points for some blocks: the middle; for each block some that differ in it only, from which its natural parameters follow; and
 * some in which all differ, inside and at the ends, for a check.
 */
function designOf(blocks: readonly Pick<Block, 'site' | 'size'>[]): Design {
  const middle = blocks.map(({ size }) => new Float64Array(size))
  const points: (readonly Float64Array[])[] = [middle]
  const variations = blocks.map(({ size }, k) => {
    const own =
      size === 1
        ? [-LOG_2, LOG_2, -LOG_4, LOG_4].map((u) => Float64Array.of(u))
        : [
            ...Array.from({ length: size }, (_, i) => new Float64Array(size).with(i, LOG_4)),
            Float64Array.from({ length: size }, (_, i) => (i % 3) - 1),
          ]
    return own.map((u) => points.push(middle.with(k, u)) - 1)
  })
  if (blocks.length > 0) {
    for (const [seed, scale] of SPREADS.entries()) {
      const noise = (size: number, k: number): Float64Array =>
        random.normal(key(seed * blocks.length + k), [size], { dtype: 'float64' }).data
      points.push(blocks.map(({ size }, k) => noise(size, k).map((u) => scale * u)))
    }
  }
  const ends = points.length
  if (blocks.length > 0) {
    for (const side of [() => -1, () => 1, (k: number) => (k % 2 === 0 ? 1 : -1)])
      points.push(blocks.map(({ site, size }, k) => site.domain.end(size, k, side(k))))
  }
  return {
    count: points.length,
    ends,
    variations,
    coordinates: (point, block) => points[point]![block]!,
  }
}

/** Gives designs, the same for blocks that look the same. */
export function designs(): typeof designOf {
  const known = new Map<string, Design>()
  return (blocks) => {
    const name = blocks.map(({ site, size }) => `${site.domain.name} ${size}`).join()
    const design = known.get(name) ?? designOf(blocks)
    known.set(name, design)
    return design
  }
}
