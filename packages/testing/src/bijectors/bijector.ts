import type { Tensor } from '@tensorflow/tfjs-core'
import type { Given, Nested } from '../distribution.ts'

/** A bijector as far as laws look at it. */
export interface AnyBijector {
  readonly name: string
  readonly domainRank: number
  readonly codomainRank: number
  forward(x: Given): Tensor
  inverse(y: Given): Tensor
  forwardLogDet(x: Given): Tensor
  inverseLogDet(y: Given): Tensor
  forwardShape(shape: readonly number[]): readonly number[]
  inverseShape(shape: readonly number[]): readonly number[]
  direction?(): unknown
}

/** A set as far as laws look at it. */
export interface AnyConstraint {
  violation(event: ArrayLike<number>, eventShape: readonly number[]): string | undefined
}

/** A bijector under test. */
export interface BijectorSubject {
  readonly name: string
  readonly make: () => AnyBijector
  /** Events of the domain, all of one shape. */
  readonly x: readonly Nested[]
  /** What they are mapped to and the log-determinants there, from elsewhere. */
  readonly oracle?: BijectorOracle | undefined
  /** What the map is onto. */
  readonly codomain?: AnyConstraint | undefined
  /** Events that are not in the codomain, of the shape of one. */
  readonly outside?: readonly Nested[] | undefined
  /** Which elements of a flat y determine the others; all if not given. */
  readonly coordinates?: ((shape: readonly number[]) => readonly number[]) | undefined
}

export interface BijectorOracle {
  readonly y: readonly Nested[]
  readonly forwardLogDet: readonly number[]
  readonly sensitivity: { readonly y: readonly Nested[]; readonly forwardLogDet: readonly number[] }
}
