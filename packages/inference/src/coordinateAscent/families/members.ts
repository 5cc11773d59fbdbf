import {
  beta,
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
import type { NdArray } from '@variate/core'
import type { FactorFamily } from './factorFamily.ts'
import { gaussianMember } from './gaussian.ts'
import { gaussianGammaMember } from './gaussianGamma.ts'
import { gaussianWishartMember, matrixOf } from './gaussianWishart.ts'
import { positiveOf, scaled } from './positive.ts'

/** Parameters as plain numbers, each with its shape. */
export type Parameters = Readonly<
  Record<string, { readonly shape: readonly number[]; readonly data: ArrayLike<number> }>
>

/** Some of the numbers of a factor: which, and whether they are a vector or one number. */
export interface Part {
  readonly numbers: readonly number[]
  readonly isVector: boolean
}

/** What a factor is, and how some of its numbers are distributed by themselves. */
export interface PlainMember {
  /** Of the factor: where these belong to some of its numbers, of those that are asked for. */
  readonly parameters: Parameters
  /** Of the distribution of the numbers alone. */
  readonly marginal: Parameters
  /** Makes that distribution, of all elements at once. */
  readonly make: (marginal: Readonly<Record<string, NdArray>>) => Distribution
}

type Make = (p: never) => Distribution

/** The member of a family as parameters, for some of its numbers: of vectors with a scale, of the vector or of the scale. */
export function plainMember({ name, size }: FactorFamily, natural: Float64Array, part: Part): PlainMember {
  switch (name) {
    case 'beta':
      return alone(
        { concentration1: scalar(natural[0]!), concentration0: scalar(natural[1]!) },
        (p: { readonly concentration1: NdArray; readonly concentration0: NdArray }) =>
          beta(p.concentration1, p.concentration0),
      )
    case 'dirichlet':
      return alone({ concentration: vector(natural) }, (p: { readonly concentration: NdArray }) =>
        dirichlet(p.concentration),
      )
    case 'logNormal':
      return alone(normalParameters(natural, 1, { numbers: [0], isVector: false }), (p: Normal) =>
        logNormal(p.loc, p.scale),
      )
    case 'normal':
    case 'multivariateNormal':
      return alone(normalParameters(natural, size, part), part.isVector ? ofVectors : ofNumbers)
    case 'gamma':
    case 'inverseGamma':
    case 'normalGamma':
    case 'normalInverseGamma':
      return withGamma(natural, size - 1, part, name.toLowerCase().includes('inverse'))
    default:
      return withWishart(natural, size, part, name.toLowerCase().includes('inverse'))
  }
}

interface Normal {
  readonly loc: NdArray
  readonly scale: NdArray
}

const ofNumbers = (p: Normal): Distribution => normal(p.loc, p.scale)
const ofVectors = (p: { readonly loc: NdArray; readonly covariance: NdArray }): Distribution =>
  multivariateNormal(p.loc, { covariance: p.covariance })
const ofStudentT = (p: Normal & { readonly df: NdArray }): Distribution => studentT(p.df, p.loc, p.scale)
const ofStudentTVectors = (p: {
  readonly df: NdArray
  readonly loc: NdArray
  readonly scaleTril: NdArray
}): Distribution => multivariateStudentT(p.df, p.loc, { scaleTril: p.scaleTril })

function normalParameters(natural: Float64Array, n: number, { numbers, isVector }: Part): Parameters {
  const { mean, precision } = gaussianMember(natural, n)!
  const covariance = among(precision.inverse, n, numbers)
  const loc = numbers.map((i) => mean[i]!)
  return isVector
    ? { loc: vector(loc), covariance: matrix(covariance) }
    : { loc: scalar(loc[0]!), scale: scalar(Math.sqrt(covariance[0]!)) }
}

/** A vector of n numbers with a gamma precision, or an inverse gamma variance, which is the last number. */
function withGamma(
  natural: Float64Array,
  n: number,
  { numbers, isVector }: Part,
  isVariance: boolean,
): PlainMember {
  const { mean, precision, concentration, rate } = gaussianGammaMember(natural, n)!
  const ofScale = { concentration: scalar(concentration), rate: scalar(rate) }
  if (numbers[0] === n) {
    const make = isVariance ? inverseGamma : gamma
    return alone(ofScale, (p: { readonly concentration: NdArray; readonly rate: NdArray }) =>
      make(p.concentration, p.rate),
    )
  }
  const loc = numbers.map((i) => mean[i]!)
  const covariance = among(precision.inverse, n, numbers)
  const spread = scaled(covariance, rate / concentration)
  const df = scalar(2 * concentration)
  if (isVector) {
    const marginal = { df, loc: vector(loc), scaleTril: matrix(positiveOf(spread, loc.length)!.factor) }
    const parameters = { loc: vector(loc), covariance: matrix(covariance), ...ofScale }
    return { parameters, marginal, make: ofStudentTVectors as unknown as PlainMember['make'] }
  }
  return {
    parameters: { loc: scalar(loc[0]!), covariance: scalar(covariance[0]!), ...ofScale },
    marginal: { df, loc: scalar(loc[0]!), scale: scalar(Math.sqrt(spread[0]!)) },
    make: ofStudentT as unknown as PlainMember['make'],
  }
}

/** A Wishart precision, or an inverse Wishart covariance, and a vector before it, if there is one. */
function withWishart(
  natural: Float64Array,
  size: number,
  { numbers }: Part,
  isCovariance: boolean,
): PlainMember {
  const p = Math.floor(Math.sqrt(size))
  const n = size - p * p
  const { df, inverseScale, mean, strength } = gaussianWishartMember(natural, p, n > 0)!
  const scale = isCovariance ? matrixOf(inverseScale, p) : inverseScale.inverse
  const ofScale = { df: scalar(df), scale: matrix(scale) }
  if (numbers[0] === n) {
    const make = isCovariance ? inverseWishart : wishart
    return alone(ofScale, (q: { readonly df: NdArray; readonly scale: NdArray }) =>
      make(q.df, { scale: q.scale }),
    )
  }
  const freedom = df - p + 1
  const spread = scaled(matrixOf(inverseScale, p), 1 / (strength * freedom))
  return {
    parameters: { loc: vector(mean), strength: scalar(strength), ...ofScale },
    marginal: {
      df: scalar(freedom),
      loc: vector(mean),
      scaleTril: matrix(positiveOf(spread, p)!.factor),
    },
    make: ofStudentTVectors as unknown as PlainMember['make'],
  }
}

/** Of a factor that has no other numbers the parameters are those of its distribution. */
function alone(parameters: Parameters, make: Make): PlainMember {
  return { parameters, marginal: parameters, make: make as PlainMember['make'] }
}

function scalar(x: number): Parameters[string] {
  return { shape: [], data: [x] }
}

function vector(data: ArrayLike<number>): Parameters[string] {
  return { shape: [data.length], data }
}

function matrix(data: ArrayLike<number>): Parameters[string] {
  const n = Math.round(Math.sqrt(data.length))
  return { shape: [n, n], data }
}

/** Some rows and columns of a matrix [n, n]. */
function among(x: Float64Array, n: number, numbers: readonly number[]): Float64Array {
  return Float64Array.from(numbers.flatMap((i) => numbers.map((j) => x[i * n + j]!)))
}
