import { foldIn, key as keyOf } from '@variate/core'
import type { FactorFamily } from './families/factorFamily.ts'
import { fitted, type Expansion, type Taken } from './fittedTerm.ts'
import type { StatGroup } from './statGroups.ts'
import { anywhere, type Coordinates, type TermLayout } from './termLayout.ts'

/** About how large the numbers of each latent are: powers of 2. */
export type Scales = ReadonlyMap<string, number>

/**
 * Expands a term in products of statistics: from its values at a grid of points, and checked at others.
 *
 * @returns undefined where it is no such sum.
 */
export function expansionOf(
  layout: TermLayout,
  groups: readonly StatGroup[],
  scales: Scales,
): Expansion | undefined {
  const design = groups.map((group) => taken(group.family, designOf(group, scales)))
  const check = groups.map((group, i) => taken(group.family, elsewhereOf(group, scales, i)))
  const base = layout.continuous.map((one, d) => anywhere(one, foldIn(keyOf(2), d)))
  const counts = design.map(({ count }) => count)
  const grid = counts.reduce((product, count) => product * count, 1)
  return fitted(layout, design, check, (point) =>
    point < grid
      ? pointAt(layout, base, groups, design, indexOf(point, counts))
      : pointAt(
          layout,
          base,
          groups,
          check,
          groups.map(() => point - grid),
        ),
  )
}

/**
 * Whether a term is linear in the statistics of one group, all others being somewhere.
 *
 * @param g the number of the group.
 */
export function isLinearIn(
  layout: TermLayout,
  groups: readonly StatGroup[],
  g: number,
  scales: Scales,
): boolean {
  const group = groups[g]!
  const design = taken(group.family, designOf(group, scales))
  const check = taken(group.family, elsewhereOf(group, scales, g))
  return [3, 4].every((seed) => {
    const base = layout.continuous.map((one, d) => anywhere(one, foldIn(keyOf(seed), d)))
    return (
      fitted(layout, [design], [check], (point) =>
        point < design.count
          ? pointAt(layout, base, [group], [design], [point])
          : pointAt(layout, base, [group], [check], [point - design.count]),
      ) !== undefined
    )
  })
}

function scalesOf({ sites, vectors }: StatGroup, scales: Scales): readonly [number, number?] {
  const of = (some: StatGroup['sites']): number =>
    Math.max(...some.map(({ site }) => scales.get(site.name) ?? 1))
  const others = sites.filter(({ kind }) => kind === 'vector')
  if (others.length === sites.length || vectors === 0) return [of(sites.slice(-1))]
  return [of(sites.slice(-1)), of(others)]
}

function designOf(group: StatGroup, scales: Scales): Float64Array {
  return group.family.design(...scalesOf(group, scales))
}

function elsewhereOf(group: StatGroup, scales: Scales, seed: number): Float64Array {
  const [scale, far] = scalesOf(group, scales)
  return group.family.elsewhere(scale, foldIn(keyOf(1), seed), far)
}

function taken(family: FactorFamily, values: Float64Array): Taken {
  const count = values.length / family.size
  const statistics = family.statistics(values)
  const size = family.count + 1
  const basis = new Float64Array(count * size)
  for (let i = 0; i < count; i++) {
    basis[i * size] = 1
    basis.set(statistics.subarray(i * family.count, (i + 1) * family.count), i * size + 1)
  }
  return { count, values, basis, size }
}

/** The indices of a place in a grid, the last fastest. */
function indexOf(place: number, counts: readonly number[]): readonly number[] {
  const index: number[] = []
  for (const count of counts.toReversed()) {
    index.unshift(place % count)
    place = Math.floor(place / count)
  }
  return index
}

/** The values of all latents of a term where each group is at some of its values. */
function pointAt(
  { continuous, colours }: TermLayout,
  base: readonly Coordinates[],
  groups: readonly StatGroup[],
  at: readonly Taken[],
  index: readonly number[],
): readonly Coordinates[] {
  const point = base.map((x) => x.slice())
  for (const [g, { numbers, family }] of groups.entries()) {
    for (const [i, { dependence, colour, at: number }] of numbers.entries()) {
      const value = at[g]!.values[index[g]! * family.size + i]!
      const width = point[dependence]!.length / continuous[dependence]!.count
      for (const [seen, own] of colours[dependence]!.entries())
        if (own === colour) point[dependence]![seen * width + number] = value
    }
  }
  return point
}
