import type { Tensor } from '@tensorflow/tfjs-core'
import type { NdArray, NumericArray } from '@variate/core'
import type { AnyKey } from '@variate/core/ops'

/** A number, or numbers nested in arrays. */
export type Nested = number | readonly Nested[]

/** What a law hands over as a parameter or a value. */
export type Given = Nested | Tensor | NdArray<NumericArray>

/** A distribution as far as laws look at it, so that this package need not know the one that makes them. */
export interface AnyDistribution {
  readonly name: string
  readonly batchShape: readonly number[]
  readonly eventShape: readonly number[]
  readonly reparameterized?: boolean
  readonly support: {
    readonly isDiscrete: boolean
    violation(event: ArrayLike<number>, eventShape: readonly number[]): string | undefined
    outside(x: Tensor): Tensor | undefined
  }
  /** Absent where the density has no finite integral. */
  sample?(key: AnyKey, sampleShape?: readonly number[]): Tensor
  logProb(value: Given): Tensor
  cdf?(value: Given): Tensor
  survival?(value: Given): Tensor
  icdf?(probability: Given): Tensor
  mean?(): Tensor
  variance?(): Tensor
  entropy?(): Tensor
  enumerateSupport?(): Tensor
  naturalParameters?(): readonly Tensor[]
  sufficientStatistics?(value: Given): readonly Tensor[]
  logNormalizer?(naturalParameters?: readonly Tensor[]): Tensor
  logBaseMeasure?(value: Given): Tensor
  fit?(value: Given, options?: { readonly weights?: Given }): AnyDistribution
}

/** An argument of a factory: a parameter, or alternatives of which one is given. */
export type Argument<Value = Nested> = Value | { readonly [alternative: string]: Value }

/** A factory, such as `normal`. Its own parameter types are its own business. */
export type Factory = (...args: never[]) => AnyDistribution

/** Calls a factory with arguments of an oracle. */
export function call(make: Factory, args: readonly Argument<Given>[]): AnyDistribution {
  return make(...(args as never[]))
}
