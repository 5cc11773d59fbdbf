import type { Tensor } from '@tensorflow/tfjs-core'
import {
  call,
  differentiable,
  numbersOf,
  withLeaves,
  type AnyDistribution,
  type Case,
} from '@variate/testing'
import type { Subject } from './subjects.ts'

type Rows = readonly (readonly (number | null)[])[]

/** Numbers along a first axis, one row for each value of each case. */
export interface Column {
  readonly name: string
  readonly shape: readonly number[]
  readonly data: readonly number[]
  /** The derivatives of the log densities, by row, where the oracle knows them. */
  readonly first: Rows
  readonly second: Rows | undefined
}

/** Whether nothing is left out; else every second of more than `MANY` groups is, and loops run every third. */
const isFull = process.env['CONFORMANCE'] === 'full'
const MANY = 8

/** Cases that one program can take together: parameters of the same shapes, the others equal. */
export interface Group {
  /** The case of each row, and the number of its value. */
  readonly rows: readonly (readonly [item: Case, value: number])[]
  /** The values, then each parameter that has derivatives. */
  readonly columns: readonly Column[]
  /** Whether the log density has derivatives in the value. */
  readonly isSmooth: boolean
  /** Whether it is run in loops, too, not only written out. */
  readonly isTriedInLoops: boolean
  /** The distribution of a case with its parameters as numbers. */
  plain(item: Case): AnyDistribution
  /** The distribution with one batch element a row. */
  make(parameters: readonly Tensor[]): AnyDistribution
}

/** The cases of a distribution in as few groups as there can be. */
export function groupsOf({ make, cases }: Subject): readonly Group[] {
  const groups = new Map<string, Case[]>()
  for (const item of cases) {
    const isDifferentiable = differentiable(item)
    const signature = JSON.stringify([
      item.leaves.map(({ name, shape, value }, i) => [name, isDifferentiable[i] ? shape : value]),
      shapeOf(item.values[0]),
      isSmooth(item),
    ])
    groups.set(signature, [...(groups.get(signature) ?? []), item])
  }
  const all = [...groups.values()].map((items, i) => groupOf(make, items, isFull || i % 3 === 0))
  return isFull || all.length <= MANY ? all : all.filter((_, i) => i % 2 === 0)
}

function groupOf(make: Subject['make'], cases: readonly Case[], isTriedInLoops: boolean): Group {
  const [first] = cases as readonly [Case]
  const isDifferentiable = differentiable(first)
  const rows = cases.flatMap((item) => item.values.map((_, v) => [item, v] as const))
  const known = (of: (item: Case) => Rows | undefined): Rows | undefined => {
    const all = cases.map(of)
    return all.every((each) => each !== undefined) ? all.flat() : undefined
  }
  const value: Column = {
    name: 'value',
    shape: [rows.length, ...shapeOf(first.values[0])],
    data: rows.flatMap(([item, v]) => numbersOf(item.values[v]!)),
    first: (isSmooth(first) && known(({ gradient }) => gradient?.value)) || [],
    second: known(({ second }) => second?.value),
  }
  const parameters = first.leaves.map(({ name, shape }, i): Column => ({
    name,
    shape: [rows.length, ...shape],
    data: rows.flatMap(([item]) => numbersOf(item.leaves[i]!.value)),
    first: known(({ gradient }) => gradient?.leaves[i]) ?? [],
    second: known(({ second }) => second?.leaves[i]),
  }))
  return {
    rows,
    columns: [value, ...parameters.filter((_, i) => isDifferentiable[i])],
    isSmooth: isSmooth(first),
    isTriedInLoops,
    plain: ({ args }) => call(make, args),
    make: (tensors) => {
      const given = [...tensors]
      const replacements = isDifferentiable.map((isGiven) => (isGiven ? given.shift() : undefined))
      return call(make, withLeaves(first, replacements))
    },
  }
}

function isSmooth({ gradient }: Case): boolean {
  return gradient?.value?.some((row) => row.some((x) => x !== null)) ?? false
}

function shapeOf(nested: unknown): readonly number[] {
  return Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : []
}
