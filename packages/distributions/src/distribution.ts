import type { Tensor } from '@tensorflow/tfjs-core'
import type { ArrayOfAnyRank } from '@variate/core'
import type { AnyKey, PlainArray } from '@variate/core/ops'
import type { Constraint } from './constraints/constraint.ts'

export type Shape = readonly number[]

/** A parameter as it is kept: numbers and arrays as plain data, so that only what was a tensor is one. */
export type Parameter = number | PlainArray | Tensor

/** A parameter or a value as it is given: a number, nested arrays, plain data or a tensor. */
export type Numbers = ArrayOfAnyRank | Tensor | Float32Array | Float64Array | Int32Array

/**
 * A probability distribution. Its parameters broadcast against each other as in NumPy; it has one distribution for
 * each element of the batch. Made of numbers or arrays it holds no tensors. Tensors that its methods return are the
 * caller's to dispose, as those of TensorFlow.js are.
 */
export interface Distribution<Value extends Tensor = Tensor> {
  /** The name of its factory. */
  readonly name: string
  /** The shape of the parameters, broadcast: how many distributions these are. */
  readonly batchShape: Shape
  /** The shape of one draw; `[]` for a number. */
  readonly eventShape: Shape
  /** Where its density or probability is not 0. */
  readonly support: Constraint
  /** As they were given, by name. */
  readonly parameters: Readonly<Record<string, Parameter>>
  /** Independent draws, of shape [...sampleShape, ...batchShape, ...eventShape]; the same from the same key. */
  sample(key: AnyKey, sampleShape?: Shape): Value
  /**
   * The natural logarithm of the density, or of the probability of a discrete value: of the shape that the batch and
   * the value without its event axes broadcast to. −∞ outside the support, NaN for NaN.
   *
   * @throws ShapeError if the value does not broadcast.
   */
  logProb(value: Numbers): Tensor
}

/** Draws are differentiable functions of the parameters: of the real and positive ones, at a fixed key. */
export interface Reparameterized {
  readonly reparameterized: true
}

/** What only some distributions have. */
export interface Capabilities {
  /** P(X ≤ x). */
  cdf(value: Numbers): Tensor
  /** P(X > x), exact where 1 − cdf would round to 0. */
  survival(value: Numbers): Tensor
  /**
   * The least x with P(X ≤ x) ≥ p, for p in [0, 1]. Of counts the probability is that which `cdf` gives, in float32: what
   * it gives at x has the quantile x, unless it is 1 or x − 1 has the same.
   */
  icdf(probability: Numbers): Tensor
  /** The expectation, of shape [...batchShape, ...eventShape]. */
  mean(): Tensor
  /** The variance of each element, of shape [...batchShape, ...eventShape]. */
  variance(): Tensor
  /** The entropy in nats, of shape batchShape; differential for densities. */
  entropy(): Tensor
  /** All values in order, of shape [count, ...1 for each axis of the batch, ...eventShape]. */
  enumerateSupport(): Tensor
}

/**
 * A member of the exponential family: log p(x) = h(x) + Σ η·T(x) − A(η), the products summed over event axes and over
 * the list.
 */
export interface ExponentialFamily<Self> {
  /** η, as a list of tensors of shape [...batchShape, ...]. */
  naturalParameters(): readonly Tensor[]
  /** T(x), as a list of the same length; of some event of the support for x outside it. */
  sufficientStatistics(value: Numbers): readonly Tensor[]
  /** A(η), of the distribution's own parameters if none are given. Its gradient is the mean of T. */
  logNormalizer(naturalParameters?: readonly Numbers[]): Tensor
  /** h(x), −∞ outside the support. */
  logBaseMeasure(value: Numbers): Tensor
  /**
   * The distribution of the same family that makes weighted observations most likely, made of plain numbers and
   * arrays. Its batch is that which the batches of the distribution, the observations and the weights broadcast to.
   * Parameters that are no part of the family, such as totals, stay as they are.
   *
   * @param value observations along the first axis: shape [n, ...batch, ...eventShape].
   * @throws DomainError for observations outside the support, weights that are negative, NaN or all 0, and for no
   * observations; NumericalError where no distribution is most likely, as for a scale of equal observations.
   */
  fit(value: Numbers, options?: FitOptions): Self
}

export interface FitOptions {
  /** One weight ≥ 0 for each observation, of shape [n] or [n, ...batch]; 1 if not given. */
  readonly weights?: Numbers | undefined
}
