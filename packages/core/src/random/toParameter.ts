import { DomainError, ShapeError } from '../errors.ts'
import { indicesOf, sizeOf, type NdArray, type Nested } from '../ndarray.ts'
import { broadcastShapes, offsetsIn, sameShape } from '../ops/broadcast.ts'
import { plainArray, type PlainArray } from '../ops/plainArray.ts'
import type { ArrayOfAnyRank } from '../toArray.ts'

/** A parameter of each draw: a number, or an array that broadcasts to the shape of the draws. */
export type RandomParameter = ArrayOfAnyRank | Float32Array | Float64Array | Int32Array

/** The values that a parameter may have, and how an error says it. */
export interface ParameterDomain {
  readonly has: (x: number) => boolean
  readonly says: string
}

export const POSITIVE: ParameterDomain = { has: (x) => x > 0 && x < Infinity, says: '> 0 and finite' }
export const NOT_NEGATIVE: ParameterDomain = { has: (x) => x >= 0 && x < Infinity, says: '>= 0 and finite' }

/**
 * The parameter of every draw, row-major, or of all at once if there is but one.
 *
 * @param who names the parameter in errors.
 * @throws DomainError for a value that the domain has not; ShapeError if it does not broadcast to `shape`.
 */
export function toParameter(
  x: RandomParameter,
  shape: readonly number[],
  who: string,
  domain: ParameterDomain,
): Float64Array {
  const parameter = readPlain(x, who)
  checkDomain(parameter, who, domain)
  const { data } = parameter
  if (!sameShape(broadcastShapes([shape, parameter.shape], who), shape)) {
    throw new ShapeError(
      `${who} of shape [${parameter.shape}] does not broadcast to draws of shape [${shape}]`,
    )
  }
  if (data.length === 1 || sameShape(parameter.shape, shape)) return Float64Array.from(data)
  return Float64Array.from(offsetsIn(parameter.shape, shape, sizeOf(shape)), (offset) => data[offset]!)
}

/** A parameter as plain data, of its own shape. */
export function readPlain(x: RandomParameter, who: string): PlainArray {
  if (typeof x === 'object' && x !== null && 'dataSync' in x) return { data: x.dataSync(), shape: x.shape }
  return plainArray(x as Nested | NdArray, who)
}

/** @throws DomainError that names the first value which the domain has not. */
function checkDomain({ data, shape }: PlainArray, who: string, { has, says }: ParameterDomain): void {
  for (let i = 0; i < data.length; i++) {
    const value = data[i]!
    if (!has(value)) throw new DomainError(`${who} must be ${says}, got ${value}${placeOf(i, shape)}`)
  }
}

/** Where an element of an array is; nothing for a scalar. */
export function placeOf(offset: number, shape: readonly number[]): string {
  return shape.length === 0 ? '' : ` at [${indicesOf(offset, shape)}]`
}
