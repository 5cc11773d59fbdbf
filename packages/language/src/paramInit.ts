import { DomainError, type Key } from '@variate/core'
import { indicesOf } from '@variate/core/internal'
import type { Shape } from '@variate/distributions'
import { plainData, type Data, type PlainData } from './plainData.ts'

/**
 * What a parameter begins with, at random.
 *
 * @param shape of the parameter, for one element of the plates around: it is called for each.
 */
export type ParamInit = (key: Key, shape: Shape) => Data

export interface ParamOptions {
  /**
   * What a fit begins with: data of the parameter's shape, the same for all elements of the plates around or with an axis for
   * each first; a number for all entries; or a function of a key, such as `init.uniform(0, 1)`. If not given, something near
   * the middle of the domain, at random.
   */
  readonly init?: Data | ParamInit
}

/**
 * What a parameter begins with as plain data, so that a declaration holds no tensors.
 *
 * @throws DomainError and ShapeError for what are no numbers, or not all of them.
 */
export function plainInit(init: Data | ParamInit, who: string): PlainData | ParamInit {
  return typeof init === 'function' ? init : whole(init, `${who}: init`)
}

/** Data of which none are missing. */
export function whole(data: Data, who: string): PlainData {
  const plain = plainData(data, who)
  const at = plain.missing?.indexOf(1) ?? -1
  if (at < 0) return plain
  throw new DomainError(`${who}: the value at [${indicesOf(at, plain.shape)}] is missing`)
}
