import { DomainError, foldIn, NdArray, ShapeError, UnsupportedError, type Key } from '@variate/core'
import { shown } from '@variate/core/internal'
import {
  bind,
  placeOf,
  plainData,
  type Bound,
  type Declaration,
  type RandomSite,
} from '@variate/language/internal'
import { isDrawnData } from '../bbvi/drawnData.ts'
import type { Applied } from './applied.ts'
import { areBrightnesses, pixelsOf } from './brightness.ts'
import { drawOnce } from './settingFor.ts'
import { isStreamedData } from './stream/streamedData.ts'

/** Examples whose shapes, types and supports are checked. */
export interface BoundExamples extends Pick<Bound, 'values' | 'present'> {
  readonly count: number
}

/**
 * New examples, checked. Numbers between 0 and 1 of a Bernoulli site are brightnesses: pixels are drawn of them by the key; without
 * one they stay as they are, for networks that read them. So it is with data that are drawn afresh.
 *
 * @throws DomainError and ShapeError for what does not fit the model, which name site, plate and element; UnsupportedError for missing
 *   values that the encoder would read.
 */
export function examplesOf(
  { setting, plate, given, read }: Applied,
  examples: unknown,
  who: string,
  key?: Key,
): BoundExamples {
  const { program, distributions } = setting.model
  const data = { ...named(program.declarations.filter(isData), examples, who) }
  const greys: Record<string, NdArray> = {}
  for (const [at, site] of program.declarations.entries()) {
    const own = data[site.name]
    if (!isData(site) || own === undefined) continue
    if (isStreamedData(own))
      throw new UnsupportedError(
        `${who}: ${placeOf(site)} is a stream: give arrays, for only the data of a fit are read in parts`,
      )
    const ofSite = key && foldIn(key, at)
    if (isDrawnData(own)) data[site.name] = ofSite ? drawOnce(own, ofSite, site.name) : own.values
    if (site.kind !== 'observed') continue
    const where = `${who}: ${placeOf(site)}`
    const plain = plainData(data[site.name], where)
    if (plain.shape[0] === 0)
      throw new ShapeError(`${where}: there must be an example at least, got shape [${plain.shape}]`)
    if (distributions.get(site as RandomSite)?.name !== 'bernoulli' || !areBrightnesses(plain, where))
      continue
    data[site.name] = pixelsOf(plain, ofSite)
    if (!ofSite) greys[site.name] = new NdArray(plain.data, plain.shape)
  }
  const bound = bind(program, { ...given, ...data }, { who, needed: isData })
  const lost = program.declarations.find(({ name }) => read.has(name) && bound.present[name])
  if (lost)
    throw new UnsupportedError(
      `${who}: ${placeOf(lost)} has missing values, which the encoder cannot read: leave their examples out`,
    )
  return { count: bound.sizes.get(plate)!, values: { ...bound.values, ...greys }, present: bound.present }
}

/**
 * Values by the names of sites: of a single one they may be given without a name.
 *
 * @throws DomainError for values without a name where there are several sites.
 */
export function named(
  sites: readonly Declaration[],
  values: unknown,
  who: string,
): Readonly<Record<string, unknown>> {
  if (isRecord(values)) return values
  const [site, ...others] = sites
  if (site && others.length === 0) return { [site.name]: values }
  const names = sites.map(({ name }) => name).join(', ')
  throw new DomainError(`${who}: expected a record of ${names}, got ${shown(values)}`)
}

function isData({ kind }: Declaration): boolean {
  return kind === 'observed' || kind === 'input'
}

/** Whether values are by name. */
export function isRecord(x: unknown): x is Readonly<Record<string, unknown>> {
  if (typeof x !== 'object' || x === null || Array.isArray(x)) return false
  return (
    !(x instanceof NdArray) &&
    !ArrayBuffer.isView(x) &&
    !('dataSync' in x) &&
    !isDrawnData(x) &&
    !isStreamedData(x)
  )
}
