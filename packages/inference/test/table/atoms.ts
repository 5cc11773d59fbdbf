import { NdArray } from '@variate/core'
import type { Setting } from '../../src/bbvi/problemOf.ts'
import type { TableModel } from './models.ts'

/** Where integrands are evaluated, by the names of latents, and how much of the continuous ones' space each stands for. */
export interface Atoms {
  readonly values: Readonly<Record<string, NdArray>>
  readonly count: number
  readonly volume: number
}

/** A grid of some step, as far from 0 as all that matters lies. */
interface Grid {
  readonly step: number
  readonly reach: number
}

/** The trapezoid rule's error falls faster than any power of the step for smooth densities: halving this one changes gradients by less than 2e-6. */
const SMOOTH: Grid = { step: 0.15, reach: 7.2 }
/** With a dimension more: numbers and the auxiliary one that they depend on, which is standard normal. */
const AUXILIARY: Grid = { step: 0.25, reach: 7 }
/** Where log q has cusps, or edges where pieces of splines meet, derivatives jump: in one dimension, and in two. */
const ROUGH: readonly Grid[] = [
  { step: 1e-4, reach: 7 },
  { step: 0.01, reach: 7 },
]
/** Edges lie along axes, about: a grid that is turned by an angle whose tangent is hard to approximate passes over them evenly. */
const ANGLE = Math.atan((Math.sqrt(5) - 1) / 2)

const HAS_EDGES: readonly string[] = ['neuralSplineFlow', 'radialFlow']

/**
 * A grid in the continuous latents, and in what else the family draws with them, times all values of the discrete ones.
 *
 * @param rough the grids where there are edges.
 */
export function atomsOf(
  { variational }: Setting,
  { continuous, discrete }: TableModel,
  family: string,
  rough: readonly Grid[] = ROUGH,
): Atoms {
  const [first] = continuous
  const factor = variational.factors.find(({ sites }) => first !== undefined && sites.includes(first))
  const auxiliary = family === 'hierarchical' && factor ? [`${factor.name}\0auxiliary`] : []
  const axes = [...continuous, ...auxiliary]
  const isRough = HAS_EDGES.includes(family) && axes.length > 0
  const grid = isRough ? rough[axes.length - 1]! : auxiliary.length > 0 ? AUXILIARY : SMOOTH
  const points = isRough && axes.length === 2 ? turned(grid) : product(axes.map(() => along(grid)))
  const columns = crossed(points, product(discrete.map(() => Float64Array.of(0, 1))))
  const count = columns[0]!.length
  const values = [...axes, ...discrete].map((name, at) => {
    const own = columns[at]!
    const data = at < axes.length ? own : Int32Array.from(own)
    return [name, new NdArray(data, auxiliary.includes(name) ? [count, 1] : [count])] as const
  })
  return { values: Object.fromEntries(values), count, volume: grid.step ** axes.length }
}

function along({ step, reach }: Grid): Float64Array {
  const side = Math.round(reach / step)
  return Float64Array.from({ length: 2 * side + 1 }, (_, at) => (at - side) * step)
}

/** Columns of all rows that have one of each. */
function product(axes: readonly Float64Array[]): readonly Float64Array[] {
  return axes.reduce<readonly Float64Array[]>((all, axis) => crossed(all, [axis]), [])
}

/** Each row of the one with each of the other: none at all is one row without columns. */
function crossed(a: readonly Float64Array[], b: readonly Float64Array[]): readonly Float64Array[] {
  if (a.length === 0 || b.length === 0) return [...a, ...b]
  const [rows, others] = [a[0]!.length, b[0]!.length]
  const columnOf = (of: Float64Array, index: (row: number) => number): Float64Array =>
    Float64Array.from({ length: rows * others }, (_, row) => of[index(row)]!)
  return [
    ...a.map((of) => columnOf(of, (row) => Math.floor(row / others))),
    ...b.map((of) => columnOf(of, (row) => row % others)),
  ]
}

/** The points of a turned grid in a disk. */
function turned(grid: Grid): readonly Float64Array[] {
  const [cos, sin] = [Math.cos(ANGLE), Math.sin(ANGLE)]
  const line = along(grid)
  const [xs, ys]: [number[], number[]] = [[], []]
  for (const a of line) {
    for (const b of line) {
      if (a * a + b * b > grid.reach ** 2) continue
      xs.push(cos * a - sin * b)
      ys.push(sin * a + cos * b)
    }
  }
  return [Float64Array.from(xs), Float64Array.from(ys)]
}
