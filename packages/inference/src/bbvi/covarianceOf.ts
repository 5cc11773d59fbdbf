import { compile } from '@variate/compile'
import { DomainError, NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { ParamTree, SiteTensors, VariationalFactor } from '@variate/families'
import type { ClimbParams } from './climbState.ts'
import type { Setting } from './problemOf.ts'
import { guideArrays } from './sharedParams.ts'

type Reals = Readonly<Record<string, NdArray<Float64Array>>>
type Known = Readonly<Record<string, { readonly variances?: NdArray; readonly matrix?: NdArray }>>

/** One number of a latent. */
interface Num {
  readonly site: string
  readonly at: number
  readonly factor: VariationalFactor | undefined
  /** The element of the factor's plates that it is of, and its number there among those of all latents of the factor. */
  readonly element: number
  readonly inner: number
}

/** What is known without covariances. */
export interface DrawsAndVariances {
  readonly draws: Readonly<Record<string, NdArray>>
  readonly variance: Reals
}

/**
 * The covariance of the numbers of some latents: of those of a factor as q has it in closed form, of those of independent factors 0, and
 * else that of draws.
 *
 * @throws DomainError for a name that is no latent.
 */
export function covarianceOf(
  { model, variational }: Setting,
  params: ClimbParams,
  { draws, variance }: DrawsAndVariances,
  names: readonly string[],
): NdArray<Float64Array> {
  const lost = names.find((name) => !Object.hasOwn(draws, name))
  if (lost !== undefined || names.length === 0) {
    const all = Object.keys(draws).map((name) => `"${name}"`)
    throw new DomainError(
      `posterior.covariance: ${lost === undefined ? 'no latent is named' : `"${lost}" is no latent`}: name some of ${all.join(', ')}`,
    )
  }
  const { sizes } = model
  const known = compile(
    (own: ParamTree, data: SiteTensors) => variational.covariances?.({ params: own, data, sizes }) ?? {},
    { precision: 'float64' },
  )(guideArrays(variational, params) as never, model.values as never) as unknown as Known
  const areIndependent = variational.factors.every(({ reads }) => reads.length === 0)
  const numbers = names.flatMap((name) => numbersOf(name, variance, variational.factors, sizes))
  const n = numbers.length
  const centred = new Map(names.map((name) => [name, columnsOf(draws[name]!)] as const))
  const between = (a: Num, b: Num): number => {
    const fallback = (): number => product(centred.get(a.site)![a.at]!, centred.get(b.site)![b.at]!)
    if (a.site === b.site && a.at === b.at) return variance[a.site]!.data[a.at]!
    if (!a.factor || !b.factor) return fallback()
    if (a.factor !== b.factor) return areIndependent ? 0 : fallback()
    if (a.element !== b.element) return areIndependent ? 0 : fallback()
    const { variances, matrix } = known[a.factor.name] ?? {}
    if (variances) return 0
    if (!matrix) return fallback()
    const width = matrix.shape.at(-1)!
    return matrix.data[(a.element * width + a.inner) * width + b.inner]!
  }
  return new NdArray(Float64Array.from(numbers.flatMap((a) => numbers.map((b) => between(a, b)))), [n, n])
}

function numbersOf(
  site: string,
  variance: Reals,
  factors: readonly VariationalFactor[],
  sizes: ReadonlyMap<string, number>,
): readonly Num[] {
  const factor = factors.find(({ sites }) => sites.includes(site))
  const elements = sizeOf((factor?.plates ?? []).map((plate) => sizes.get(plate)!))
  const sizeIn = (name: string): number => (variance[name]?.data.length ?? 0) / elements
  const before = factor ? factor.sites.slice(0, factor.sites.indexOf(site)) : []
  const from = before.reduce((total, name) => total + sizeIn(name), 0)
  const own = sizeIn(site)
  return Array.from({ length: own * elements }, (_, at) => ({
    site,
    at,
    factor,
    element: Math.floor(at / own),
    inner: from + (at % own),
  }))
}

/** The draws of each number, less their mean. */
function columnsOf({ data, shape }: NdArray): readonly Float64Array[] {
  const count = shape[0]!
  const size = data.length / count
  return Array.from({ length: size }, (_, i) => {
    const own = Float64Array.from({ length: count }, (_, row) => data[row * size + i]!)
    const mean = own.reduce((a, b) => a + b, 0) / count
    return own.map((x) => x - mean)
  })
}

function product(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, x, i) => sum + x * b[i]!, 0) / (a.length - 1)
}
