import type { NdArray } from '@variate/core'
import type { Arguments } from './argumentsOf.ts'
import { numbersIn, type Parameters } from './parameters.ts'

/** An argument of distributions that is, in each point and element, a stretch of a parameter. */
export interface Selected {
  readonly param: string
  /** Where it begins in the parameter, [points, elements]. */
  readonly starts: Int32Array
  readonly size: number
}

/** How the arguments of a term's distributions depend on parameters. */
export interface Selection {
  readonly selected: Readonly<Record<string, Selected>>
  /** Those that no parameter has a part in. */
  readonly fixed: readonly string[]
  /** All others. */
  readonly computed: readonly string[]
}

/**
 * Finds which arguments are parameters, or parameters gathered by latents and inputs: these are the same numbers, bit for bit,
 * at two values of the parameters that have nothing in common.
 *
 * @param at the arguments, and what the parameters were, twice.
 * @param rows points times elements.
 */
export function selectionOf(
  [first, second]: readonly [Arguments, Arguments],
  [a, b]: readonly [Parameters, Parameters],
  rows: number,
): Selection {
  const selected: Record<string, Selected> = {}
  const [fixed, computed]: [string[], string[]] = [[], []]
  const [placesA, placesB] = [placesOf(a), placesOf(b)]
  for (const [name, x] of Object.entries(first.parameters)) {
    const y = second.parameters[name]!
    if (isSame(x, y)) fixed.push(name)
    else {
      const [one, two] = [startsIn(x, placesA, rows), startsIn(y, placesB, rows)]
      const isSelected = one && two && one.param === two.param && isSame(one.starts, two.starts)
      if (isSelected) selected[name] = one
      else computed.push(name)
    }
  }
  return { selected, fixed, computed }
}

interface Places {
  readonly of: ReadonlyMap<number, { readonly param: string; readonly at: number }>
  readonly numbers: Readonly<Record<string, readonly number[]>>
}

function placesOf(parameters: Parameters): Places {
  const numbers = Object.fromEntries(
    Object.entries(parameters).map(([name, param]) => [name, numbersIn(param)]),
  )
  const of = new Map(
    Object.entries(numbers).flatMap(([param, all]) => all.map((x, at) => [x, { param, at }] as const)),
  )
  return { of, numbers }
}

/** Where each row of an array stands in a parameter, if all do in one. */
function startsIn({ data }: NdArray, { of, numbers }: Places, rows: number): Selected | undefined {
  const size = data.length / rows
  const starts = new Int32Array(rows)
  const param = of.get(data[0]!)?.param
  if (param === undefined) return undefined
  const all = numbers[param]!
  for (let row = 0; row < rows; row++) {
    const place = of.get(data[row * size]!)
    if (place?.param !== param) return undefined
    for (let i = 1; i < size; i++) if (data[row * size + i] !== all[place.at + i]) return undefined
    starts[row] = place.at
  }
  return { param, starts, size }
}

function isSame(a: NdArray | Int32Array, b: NdArray | Int32Array): boolean {
  const [x, y] = [a, b].map((item) => ('data' in item ? item.data : item))
  return x!.length === y!.length && x!.every((value, i) => value === y![i])
}
