import type { Argument, Nested } from '../distribution.ts'
import { flatten, numbersOf, shapeOf, toNested, type Json } from './nested.ts'

/** A parameter of the factory: where it stands among the arguments, and its numbers. */
export interface Leaf {
  /** As failures name it: `argument 1`, `probs`. */
  readonly name: string
  readonly argument: number
  readonly alternative?: string
  readonly value: Nested
  readonly shape: readonly number[]
}

/** Derivatives at each value: in the entries of the value, and in those of each leaf; null where none is known. */
export interface Derivatives {
  readonly value?: readonly (readonly (number | null)[])[]
  /** By leaf, then by value. */
  readonly leaves: readonly (readonly (readonly (number | null)[])[])[]
}

export interface Case {
  readonly name: string
  readonly args: readonly Argument[]
  readonly leaves: readonly Leaf[]
  readonly values: readonly Nested[]
  readonly logProb: readonly number[]
  /** The change of each log density that one ulp of one float32 input makes; 0 where it is infinite. */
  readonly sensitivity: readonly number[]
  readonly gradient?: Derivatives
  readonly second?: Derivatives
  readonly cdf?: readonly number[]
  readonly icdf?: { readonly p: readonly number[]; readonly x: readonly number[] }
  /** Moments are of one event, flat; null where they do not exist. */
  readonly mean?: readonly (number | null)[]
  readonly variance?: readonly (number | null)[]
  readonly covariance?: readonly (number | null)[]
  readonly entropy?: readonly (number | null)[]
  readonly outside: readonly Nested[]
  readonly boundary?: { readonly values: readonly Nested[]; readonly logProb: readonly number[] }
}

type JsonArgument = Json | { readonly [alternative: string]: Json }

interface JsonDerivatives {
  readonly value?: readonly Json[] | null
  readonly args?: readonly (readonly Json[])[]
}

interface JsonCase {
  readonly name: string
  readonly args: readonly JsonArgument[]
  readonly values: readonly Json[]
  readonly logProb: readonly Json[]
  readonly sensitivity?: readonly Json[]
  readonly gradient?: JsonDerivatives
  readonly second?: JsonDerivatives
  readonly cdf?: readonly Json[]
  readonly icdf?: { readonly p: readonly Json[]; readonly x: readonly Json[] }
  readonly mean?: Json
  readonly variance?: Json
  readonly covariance?: Json
  readonly entropy?: Json
  readonly outside?: readonly Json[]
  readonly boundary?: { readonly values: readonly Json[]; readonly logProb: readonly Json[] }
}

/** The cases of an oracle's JSON, as numbers. */
export function parseOracle(json: unknown): readonly Case[] {
  return (json as { readonly cases: readonly JsonCase[] }).cases.map(parseCase)
}

function parseCase(json: JsonCase): Case {
  const args = json.args.map(parseArgument)
  const leaves = args.flatMap(leavesOf)
  const given = (name: 'mean' | 'variance' | 'covariance' | 'entropy'): object =>
    json[name] === undefined || json[name] === null ? {} : { [name]: flatten(json[name]) }
  return {
    name: json.name,
    args,
    leaves,
    values: json.values.map(toNested),
    logProb: json.logProb.map(Number),
    sensitivity: json.values.map((_, i) => Number(json.sensitivity?.[i] ?? 0)),
    ...(json.gradient && { gradient: parseDerivatives(json.gradient, leaves, json.values.length) }),
    ...(json.second && { second: parseDerivatives(json.second, leaves, json.values.length) }),
    ...(json.cdf && { cdf: json.cdf.map(Number) }),
    ...(json.icdf && { icdf: { p: json.icdf.p.map(Number), x: json.icdf.x.map(Number) } }),
    ...given('mean'),
    ...given('variance'),
    ...given('covariance'),
    ...given('entropy'),
    outside: (json.outside ?? []).map(toNested),
    ...(json.boundary && {
      boundary: { values: json.boundary.values.map(toNested), logProb: json.boundary.logProb.map(Number) },
    }),
  }
}

function parseArgument(json: JsonArgument): Argument {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return toNested(json as Json)
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, toNested(value)]))
}

function leavesOf(argument: Argument, index: number): Leaf[] {
  if (typeof argument === 'number' || Array.isArray(argument)) {
    const value = argument as Nested
    return [{ name: `argument ${index}`, argument: index, value, shape: shapeOf(value) }]
  }
  return Object.entries(argument as Readonly<Record<string, Nested>>).map(([name, value]) => ({
    name,
    argument: index,
    alternative: name,
    value,
    shape: shapeOf(value),
  }))
}

/** Rows are by leaf, nested as the leaf is, or by each number of all leaves: both are read. */
function parseDerivatives(json: JsonDerivatives, leaves: readonly Leaf[], count: number): Derivatives {
  const rows = json.args ?? []
  const sizes = leaves.map(({ value }) => numbersOf(value).length)
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const isByLeaf =
    rows.length === leaves.length &&
    rows.every((row, i) => leaves[i]!.shape.length === 0 || row.every((x) => x === null || Array.isArray(x)))
  if (!isByLeaf && rows.length !== total) {
    throw new Error(`an oracle has derivatives in ${rows.length} parameters, its arguments have ${total}`)
  }
  let next = 0
  const ofLeaves = sizes.map((size, leaf) => {
    const own = isByLeaf ? [rows[leaf]!] : rows.slice(next, next + size)
    next += size
    return Array.from({ length: count }, (_, v) => {
      const entries = own.flatMap((row) => flatten(row[v]!))
      return entries.length === size ? entries : Array.from({ length: size }, () => null)
    })
  })
  return { ...(json.value && { value: json.value.map(flatten) }), leaves: ofLeaves }
}
