import { DomainError, NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { AnyModel, Data } from '@variate/language'
import { plainData } from '@variate/language/internal'
import { drawsOf } from './drawsOf.ts'

type Sites = Readonly<Record<string, Data>>

/** What ArviZ knows of a fit. Of each site an array; in all but data the draws are along the first axis. */
export interface InferenceDataGroups {
  /** Names its plates as the dimensions of sites. */
  readonly model?: Pick<AnyModel, 'program'>
  readonly posterior: Sites
  /** As `model.posteriorPredictive` gives it. */
  readonly posteriorPredictive?: Sites
  /** As `pointwiseLogLikelihood` gives it. */
  readonly logLikelihood?: Sites
  readonly prior?: Sites
  readonly priorPredictive?: Sites
  /** Numbers of each draw, such as its log weight. */
  readonly sampleStats?: Sites
  readonly observedData?: Sites
  /** Inputs. */
  readonly constantData?: Sites
}

/** Names of the groups, as ArviZ has them. */
const GROUPS = {
  posterior: 'posterior',
  posteriorPredictive: 'posterior_predictive',
  logLikelihood: 'log_likelihood',
  prior: 'prior',
  priorPredictive: 'prior_predictive',
  sampleStats: 'sample_stats',
  observedData: 'observed_data',
  constantData: 'constant_data',
} as const

type Group = keyof typeof GROUPS

const WHO = 'toInferenceData'
/** Names of dimensions that ArviZ has for itself. */
const TAKEN: readonly string[] = ['chain', 'draw']

/**
 * Draws and data as JSON that ArviZ reads, for its plots and diagnostics: `arviz.from_json('fit.json')` in Python. The draws are one
 * chain; dimensions are named by plates where the model is given, else `theta_dim_0` and so on, and their coordinates count from 0.
 * Infinite numbers are written as ±1e999, and what is missing as NaN, which Python reads and `JSON.parse` does not.
 *
 * @param groups draws of the posterior, and whatever else ArviZ is to know.
 * @throws DomainError for draws that are not as many in all sites of a group, sites that are not of the model, and groups that
 *   there are not.
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { normal } from '@variate/distributions'
 * import { toInferenceData } from '@variate/inference'
 * import { model } from '@variate/language'
 *
 * const points = model('points')
 *   .latent('mu', normal(0, 1))
 *   .plate('point', 2, (i) => i.observed('x', ({ mu }) => normal(mu, 1)))
 * const json = toInferenceData({ model: points, posterior: { mu: [0.5, 0.7, 0.1] }, observedData: { x: [0.4, 0.6] } })
 * const { posterior, observed_data, dims, coords } = JSON.parse(json)
 * posterior // => { mu: [[0.5, 0.7, 0.1]] }
 * observed_data // => { x: [0.4, 0.6] }
 * dims.x // => ['point']
 * coords // => { point: [0, 1] }
 * ```
 */
export function toInferenceData({ model, ...groups }: InferenceDataGroups): string {
  const other = Object.keys(groups).find((name) => !Object.hasOwn(GROUPS, name))
  if (other !== undefined)
    throw new DomainError(
      `${WHO}: there is no group "${other}": it is one of ${Object.keys(GROUPS).join(', ')}`,
    )
  const shapes = new Map<string, readonly number[]>()
  const written = Object.entries(groups).flatMap(([group, sites]) =>
    sites === undefined ? [] : [[GROUPS[group as Group], groupText(group as Group, sites, shapes)] as const],
  )
  const { dims, coords } = dimensionsOf(shapes, model)
  const attributes = JSON.stringify({ inference_library: 'variate' })
  const entries = [
    ...written,
    ['coords', JSON.stringify(coords)] as const,
    ['dims', JSON.stringify(dims)] as const,
    ...written.map(([name]) => [`${name}_attrs`, attributes] as const),
  ]
  return `{${entries.map(([name, text]) => `${JSON.stringify(name)}:${text}`).join(',')}}`
}

/** A group as JSON: of draws with the axis of chains, which is one. Shapes of elements are noted, by site. */
function groupText(group: Group, sites: Sites, shapes: Map<string, readonly number[]>): string {
  const isData = group === 'observedData' || group === 'constantData'
  const arrays = isData ? dataOf(sites, group) : drawsOf(sites, `${WHO}: ${group}`).arrays
  const texts = Object.entries(arrays).map(([name, x]) => {
    const shape = isData ? x.shape : x.shape.slice(1)
    const known = shapes.get(name)
    // Log densities have no axes of their events.
    if (group !== 'sampleStats' && (known === undefined || known.length < shape.length))
      shapes.set(name, shape)
    return `${JSON.stringify(name)}:${isData ? nestedText(x) : `[${nestedText(x)}]`}`
  })
  return `{${texts.join(',')}}`
}

function dataOf(sites: Sites, group: string): Readonly<Record<string, NdArray>> {
  return Object.fromEntries(
    Object.entries(sites).flatMap(([name, x]) => {
      if (x === undefined) return []
      if (x instanceof NdArray) return [[name, x]]
      const { data, shape, missing } = plainData(x, `${WHO}: ${group}: "${name}"`)
      const values = missing ? data.map((value, i) => (missing[i] ? NaN : value)) : data
      const isWhole = values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31)
      return [[name, new NdArray(isWhole ? Int32Array.from(values) : values, shape)]]
    }),
  )
}

/** Plates by site, and their elements counted; nothing where there is no model, and ArviZ finds names. */
function dimensionsOf(
  shapes: ReadonlyMap<string, readonly number[]>,
  model: InferenceDataGroups['model'],
): {
  readonly dims: Readonly<Record<string, readonly string[]>>
  readonly coords: Readonly<Record<string, readonly number[]>>
} {
  const dims: Record<string, readonly string[]> = {}
  const coords: Record<string, readonly number[]> = {}
  for (const [name, shape] of model ? shapes : []) {
    const site = model!.program.declarations.find((other) => other.name === name)
    if (!site) throw new DomainError(`${WHO}: "${name}" is no site of model "${model!.program.name}"`)
    const plates = site.plates.map((plate) =>
      shapes.has(plate) || TAKEN.includes(plate) ? `${plate}_index` : plate,
    )
    const events = shape.slice(plates.length).map((_, axis) => `${name}_dim_${axis}`)
    dims[name] = [...plates, ...events]
    for (const [axis, dim] of plates.entries()) {
      const length = shape[axis]
      if (length === undefined || (coords[dim] && coords[dim].length !== length))
        throw new DomainError(
          `${WHO}: "${name}" has shape [${shape}], and plate "${site.plates[axis]}" ` +
            `${length === undefined ? 'should be an axis of it' : `has ${coords[dim]!.length} elements elsewhere: write two files`}`,
        )
      coords[dim] = Array.from({ length }, (_, i) => i)
    }
  }
  return { dims, coords }
}

function nestedText({ data, shape }: NdArray): string {
  const isFloat = data instanceof Float64Array || data instanceof Float32Array
  const text = isFloat ? floatText : String
  const at = (axis: number, offset: number): string => {
    if (axis === shape.length) return text(data[offset]!)
    const stride = sizeOf(shape.slice(axis + 1))
    return `[${Array.from({ length: shape[axis]! }, (_, i) => at(axis + 1, offset + i * stride)).join(',')}]`
  }
  return at(0, 0)
}

/** A number that Python reads as a float: whole ones with a decimal. */
function floatText(x: number): string {
  if (Number.isNaN(x)) return 'NaN'
  if (!Number.isFinite(x)) return x > 0 ? '1e999' : '-1e999'
  const text = Object.is(x, -0) ? '-0' : String(x)
  return /[.e]/.test(text) ? text : `${text}.0`
}
