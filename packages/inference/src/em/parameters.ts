import { NdArray } from '@variate/core'
import type { NetworkParams } from '@variate/language'
import { entryOf, type Declaration, type Program } from '@variate/language/internal'

/** What is fitted: for each parameter an array with an axis for each plate first; parameters of networks. */
export type Parameters = Readonly<Record<string, NdArray | NetworkParams>>

export type ParamSite = Extract<Declaration, { readonly kind: 'param' }>

/** The parameters of a program that are not given. */
export function paramsOf(
  { declarations }: Program,
  given: Readonly<Record<string, unknown>>,
): readonly ParamSite[] {
  return declarations.filter(
    (site): site is ParamSite => site.kind === 'param' && entryOf(given, site.name) === undefined,
  )
}

/** The names of networks whose parameters are not given. */
export function networksOf(
  { declarations }: Program,
  given: Readonly<Record<string, unknown>>,
): readonly string[] {
  return declarations.flatMap(({ kind, name }) =>
    kind === 'network' && entryOf(given, name) === undefined ? [name] : [],
  )
}

/** How far parameters are from others, relative to their size: the largest over all numbers. */
export function distanceBetween(before: Parameters, after: Parameters): number {
  const [a, b] = [numbersIn(before), numbersIn(after)]
  return a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i]!) / Math.max(1, Math.abs(x))), 0)
}

/** All numbers of nested parameters. */
export function numbersIn(params: NdArray | NetworkParams | Parameters): readonly number[] {
  if (params instanceof NdArray) return [...params.data]
  return Object.values(params).flatMap((item) => numbersIn(item as NetworkParams))
}

/** Parameters with some numbers of one of them replaced, from a place on. */
export function replaced(
  parameters: Parameters,
  name: string,
  at: number,
  numbers: ArrayLike<number>,
): Parameters {
  const { data, shape } = parameters[name] as NdArray
  const next = Float64Array.from(data)
  next.set(numbers, at)
  return { ...parameters, [name]: new NdArray(next, shape) }
}
