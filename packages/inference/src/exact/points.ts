import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Block, ConjugateSite } from './conjugateSites.ts'
import type { Design } from './design.ts'
import { valuesOf } from './discretePosterior.ts'
import { rowsFrom, type Group } from './groups.ts'
import type { DiscreteSite } from './variables.ts'

/** Components that go along together, with what of each is of exponential families, and where that is taken. */
export interface ConjugateGroup extends Group {
  readonly blocks: readonly (readonly Block[])[]
  readonly designs: readonly Design[]
  /** The most points of a design. */
  readonly stride: number
}

/** Some rows of a group, from one on: combinations of discrete variables. */
export interface RowsOfGroup {
  readonly group: ConjugateGroup
  readonly from: number
  readonly count: number
}

/** For each block of each component its scale in each row. */
export type Scales = readonly (readonly Float64Array[])[]

/** Where latents are to be taken: the values of all in each point of each row, and of each block. */
export interface Points {
  /** [rows · stride, ...] by name. */
  readonly values: Readonly<Record<string, NdArray>>
  /** For each component and block [rows, points, size]. */
  readonly blocks: readonly (readonly Float64Array[])[]
}

/** The points of all designs of a group, those of its components at the same time. */
export function pointsOf(
  { group, from, count }: RowsOfGroup,
  discrete: ReadonlyMap<string, DiscreteSite>,
  conjugate: ReadonlyMap<string, ConjugateSite>,
  cardinalities: Int32Array,
  scales: Scales,
): Points {
  const { stride, designs } = group
  const rows = rowsFrom(group, cardinalities, from, count)
  const numbers = rows.flatMap((own) => Array<Int32Array>(stride).fill(own))
  const middle = middleOf(conjugate, rows.length * stride)
  const blocks = group.blocks.map((own, i) =>
    own.map(({ site, from: first, size }, k) => {
      const design = designs[i]!
      const all = new Float64Array(count * design.count * size)
      const { data, shape } = middle[site.site.name]!
      const width = sizeOf(shape.slice(1))
      for (let row = 0; row < count; row++) {
        for (let point = 0; point < design.count; point++) {
          const at = (row * design.count + point) * size
          site.domain.write(design.coordinates(point, k), scales[i]![k]![row]!, all, at)
          data.set(all.subarray(at, at + size), (row * stride + point) * width + first)
        }
      }
      return all
    }),
  )
  return { values: { ...valuesOf(discrete, numbers, [count * stride]), ...middle }, blocks }
}

/** Latents of exponential families in the middle of their domains, in so many rows, or without an axis for them. */
export function middleOf(
  conjugate: ReadonlyMap<string, ConjugateSite>,
  rows?: number,
): Readonly<Record<string, NdArray<Float64Array>>> {
  return Object.fromEntries(
    [...conjugate].map(([name, { domain, lengths, event }]) => {
      const shape = [...(rows === undefined ? [] : [rows]), ...lengths, ...event]
      const data = new Float64Array(sizeOf(shape))
      const middle = new Float64Array(domain.numbersOf(event))
      for (let at = 0; at < data.length; at += middle.length) domain.write(middle, 1, data, at)
      return [name, new NdArray(data, shape)]
    }),
  )
}
