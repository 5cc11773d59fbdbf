import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import {
  beta,
  categorical,
  dirichlet,
  gamma,
  inverseGamma,
  inverseWishart,
  logNormal,
  multivariateNormal,
  multivariateStudentT,
  normal,
  studentT,
  wishart,
  type Distribution,
} from '@variate/distributions'
import type { ContinuousFactor } from './factors.ts'
import { gaussianMember } from './families/gaussian.ts'
import { gaussianGammaMember } from './families/gaussianGamma.ts'
import { gaussianWishartMember, matrixOf } from './families/gaussianWishart.ts'
import { positiveOf, scaled } from './families/positive.ts'
import type { MeanFieldState } from './meanField.ts'
import type { Plan } from './plan.ts'

/** Parameters as plain numbers, each with its shape. */
type Parameters = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly data: ArrayLike<number> }>
>

/** What q is of a latent: the parameters of its factors, an axis for each plate first. */
export interface FactorOfSite {
  /** Such as `'normal'`; `'normalGamma'` where it is kept together with another. */
  readonly family: string
  /** The latents that it is kept together with. */
  readonly together: readonly string[]
  /**
   * Those of the factor, as the family's distribution names them; of a factor of several latents those of all of them. Of a
   * factor of several elements each element has those of its own.
   */
  readonly parameters: Readonly<Record<string, NdArray<Float64Array>>>
  /** The marginal distribution of the latent, element by element: its batch has an axis for each plate. */
  readonly distribution: Distribution
}

const scalar = (x: number): Parameters[string] => ({ shape: [], data: [x] })

/** The parameters of a factor's numbers that belong to one element of a latent, and of their marginal distribution. */
interface Member {
  readonly parameters: Parameters
  readonly marginal: Parameters
}

/** Makes the marginal distribution of all elements. */
type Make = (parameters: Readonly<Record<string, NdArray<Float64Array>>>) => Distribution

/** What q is of each latent. */
export function factorMembers(
  plan: Plan,
  { natural, expected }: MeanFieldState,
): Readonly<Record<string, FactorOfSite>> {
  const all: Record<string, FactorOfSite> = {}
  for (const { site, lengths, cardinality, first } of plan.discrete.values()) {
    const own = plan.factors.discrete.filter(
      ({ variables }) => variables[0]! >= first && variables[0]! < first + sizeOf(lengths),
    )
    const probs = stacked(
      own.map(({ from, count }) => ({
        probs: { shape: [cardinality], data: expected.subarray(from, from + count) },
      })),
      lengths,
    )
    all[site.name] = {
      family: 'categorical',
      together: [],
      parameters: probs,
      distribution: categorical({ probs: probs['probs']! as never }),
    }
  }
  for (const site of plan.sites.values()) {
    const width = sizeOf(site.event)
    const members: Member[] = []
    let made: Make | undefined
    let factor: ContinuousFactor | undefined
    const isBlockwise = site.kind !== 'vector' && site.size < width
    const step = isBlockwise ? site.size : width
    for (let at = 0; at < sizeOf(site.lengths) * width; at += step) {
      const place = plan.factors.placeOf(site, at)
      factor = place.factor
      const eta = natural.subarray(factor.from, factor.from + factor.count)
      const found = memberOf(factor, eta, site.kind, place.position, step, site.event.length)
      members.push(found.member)
      made = found.make
    }
    const lead = [
      ...site.lengths,
      ...(isBlockwise ? site.event.slice(0, site.kind === 'simplex' ? -1 : undefined) : []),
    ]
    all[site.site.name] = {
      family: factor!.family.name,
      together: factor!.names.filter((name) => name !== site.site.name),
      parameters: stacked(
        members.map(({ parameters }) => parameters),
        lead,
      ),
      distribution: made!(
        stacked(
          members.map(({ marginal }) => marginal),
          lead,
        ),
      ),
    }
  }
  return all
}

function memberOf(
  { family, numbers }: ContinuousFactor,
  eta: Float64Array,
  kind: string,
  position: number,
  step: number,
  rank: number,
): { readonly member: Member; readonly make: Make } {
  const own = Array.from({ length: step }, (_, i) => position + i)
  const vector = (x: ArrayLike<number>): Parameters[string] => ({ shape: rank === 0 ? [] : [step], data: x })
  const matrix = (x: ArrayLike<number>): Parameters[string] => ({ shape: [step, step], data: x })
  const part = (x: Float64Array, n: number): Float64Array =>
    Float64Array.from(own.flatMap((i) => own.map((j) => x[i * n + j]!)))
  const same = (parameters: Parameters, make: Make) => ({
    member: { parameters, marginal: parameters },
    make,
  })
  if (family.name === 'beta') {
    const parameters = { concentration1: scalar(eta[0]!), concentration0: scalar(eta[1]!) }
    return same(parameters, (p) => beta(p['concentration1'] as never, p['concentration0'] as never))
  }
  if (family.name === 'dirichlet')
    return same({ concentration: vector(eta) }, (p) => dirichlet(p['concentration'] as never))
  if (family.name === 'logNormal') {
    const { mean, precision } = gaussianMember(eta, 1)!
    const parameters = { loc: scalar(mean[0]!), scale: scalar(Math.sqrt(precision.inverse[0]!)) }
    return same(parameters, (p) => logNormal(p['loc'] as never, p['scale'] as never))
  }
  if (/^(normal|multivariateNormal)$/.test(family.name)) {
    const { mean, precision } = gaussianMember(eta, numbers.length)!
    const loc = own.map((i) => mean[i]!)
    const covariance = part(precision.inverse, numbers.length)
    if (rank > 0) return same({ loc: vector(loc), covariance: matrix(covariance) }, ofVectors)
    const parameters = { loc: scalar(loc[0]!), scale: scalar(Math.sqrt(covariance[0]!)) }
    return same(parameters, (p) => normal(p['loc'] as never, p['scale'] as never))
  }
  if (family.name.endsWith('amma')) {
    const n = numbers.length - 1
    const { mean, precision, concentration, rate } = gaussianGammaMember(eta, n)!
    const isInverse = /nverse/.test(family.name)
    const ofScale = { concentration: scalar(concentration), rate: scalar(rate) }
    if (kind === 'positive')
      return same(ofScale, (p) =>
        (isInverse ? inverseGamma : gamma)(p['concentration'] as never, p['rate'] as never),
      )
    const loc = own.map((i) => mean[i]!)
    const covariance = part(precision.inverse, n)
    const parameters = {
      loc: vector(loc),
      covariance: rank > 0 ? matrix(covariance) : scalar(covariance[0]!),
      ...ofScale,
    }
    const spread = scaled(covariance, rate / concentration)
    const df = scalar(2 * concentration)
    if (rank > 0)
      return {
        member: { parameters, marginal: { df, loc: vector(loc), scaleTril: matrix(rootOf(spread, step)) } },
        make: ofStudentT,
      }
    return {
      member: { parameters, marginal: { df, loc: scalar(loc[0]!), scale: scalar(Math.sqrt(spread[0]!)) } },
      make: (p) => studentT(p['df'] as never, p['loc'] as never, p['scale'] as never),
    }
  }
  const p = Math.floor(Math.sqrt(numbers.length))
  const { df, inverseScale, mean, strength } = gaussianWishartMember(eta, p, numbers.length > p * p)!
  const isInverse = /nverse/.test(family.name)
  const square = { shape: [p, p], data: isInverse ? matrixOf(inverseScale, p) : inverseScale.inverse }
  const ofScale = { df: scalar(df), scale: square }
  if (kind === 'matrix') {
    return same(ofScale, (q) =>
      (isInverse ? inverseWishart : wishart)(q['df'] as never, { scale: q['scale'] as never }),
    )
  }
  const freedom = df - p + 1
  const spread = scaled(matrixOf(inverseScale, p), 1 / (strength * freedom))
  return {
    member: {
      parameters: { loc: vector(mean), strength: scalar(strength), ...ofScale },
      marginal: { df: scalar(freedom), loc: vector(mean), scaleTril: matrix(rootOf(spread, p)) },
    },
    make: ofStudentT,
  }
}

const ofVectors: Make = (p) => multivariateNormal(p['loc'] as never, { covariance: p['covariance'] as never })

const ofStudentT: Make = (p) =>
  multivariateStudentT(p['df'] as never, p['loc'] as never, { scaleTril: p['scaleTril'] as never })

function rootOf(matrix: Float64Array, n: number): Float64Array {
  return positiveOf(matrix, n)!.factor
}

/** The parameters of all elements, one behind the other. */
function stacked(
  all: readonly Parameters[],
  lead: readonly number[],
): Readonly<Record<string, NdArray<Float64Array>>> {
  return Object.fromEntries(
    Object.entries(all[0]!).map(([name, { shape }]) => [
      name,
      new NdArray(Float64Array.from(all.flatMap((own) => Array.from(own[name]!.data))), [...lead, ...shape]),
    ]),
  )
}
