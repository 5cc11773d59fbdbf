import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, hessianVectorProduct, valueAndGrad } from '@variate/compile'
import { linalg, type NdArray } from '@variate/core'
import { eye } from '@variate/core/ops'
import type { Bound } from '@variate/language/internal'
import { solveTransposed } from '../exact/integrateGaussian.ts'
import type { Tensors } from '../exact/termAt.ts'
import type { Term } from '../exact/terms.ts'
import { Breakdown } from '../run/index.ts'
import type { Completion } from './completions.ts'
import type { Step } from './step.ts'
import { expectedLogJoint, plainCompletion, type CompletionTensors } from './objective.ts'
import { flatten, unflatten, type Layout } from './flat.ts'
import type { Parameters } from './parameters.ts'

/** How exactly a function must be quadratic, relative to its largest second derivative. */
const TOLERANCE = 1e-8

/** The most numbers of which all second derivatives are taken. */
const MOST = 1000

interface Derivatives {
  readonly gradient: NdArray
  readonly hessian: NdArray
}

/**
 * Parameters in which the expected log joint is quadratic, as it is in what the locations of normal distributions are affine
 * in: weighted least squares, one step of Newton's method.
 *
 * @param terms those that have any of the parameters, by their numbers.
 * @param layout the parameters.
 * @param tries parameters at which second derivatives must be the same, with expectations.
 * @returns undefined where it is not.
 */
export function quadraticStep(
  bound: Bound,
  terms: readonly (readonly [at: number, term: Term])[],
  isContinuous: (name: string) => boolean,
  layout: Layout,
  [first, second]: readonly [Parameters, Parameters],
  completions: readonly Completion[],
): Step | undefined {
  if (layout.size === 0 || layout.size > MOST) return undefined
  const own = terms.map(([, term]) => term)
  const all = compile(
    (given: Tensors, masks: Tensors, given2: readonly CompletionTensors[], point: Tensor) => {
      const total = (at: Tensor): Tensor =>
        expectedLogJoint(bound, own, isContinuous, { ...given, ...layout.split(at) }, masks, given2)
      const product = hessianVectorProduct(total)
      return {
        gradient: valueAndGrad(total)(point).grads[0],
        hessian: batch((direction: Tensor) => product([point], [direction])[0])(eye(layout.size)),
      }
    },
    { precision: 'float64' },
  )
  const at = (parameters: Parameters, point: Float64Array, now: readonly Completion[]): Derivatives => {
    const picked = terms.map(([i]) => plainCompletion(now[i]!))
    return all(
      { ...bound.values, ...parameters } as never,
      bound.present as never,
      picked as never,
      point,
    ) as unknown as Derivatives
  }
  const one = at(first, flatten(layout, first), completions)
  const two = at(first, flatten(layout, second), completions)
  if (!isSame(one.hessian, two.hessian) || !maximum(one, flatten(layout, first))) return undefined
  return {
    params: layout.names,
    how: 'weighted least squares',
    update: (given, now) => {
      const point = flatten(layout, given)
      const next = maximum(at(given, point, now), point)
      if (!next) return new Breakdown(`param "${layout.names[0]}": no value of it is most likely`)
      return { ...given, ...unflatten(layout, next) }
    },
  }
}

function isSame({ data: a }: NdArray, { data: b }: NdArray): boolean {
  const largest = (a as Float64Array).reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  return largest > 0 && a.every((x, i) => Math.abs(x - b[i]!) <= TOLERANCE * largest)
}

/** Where a concave quadratic function is largest: x − H⁻¹ g. */
function maximum({ gradient, hessian }: Derivatives, point: Float64Array): Float64Array | undefined {
  const n = point.length
  const factor = Float64Array.from(hessian.data, (x) => -x)
  if (linalg.choleskyInPlace(factor, n) >= 0) return undefined
  const y = Float64Array.from(gradient.data)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < i; j++) y[i]! -= factor[i * n + j]! * y[j]!
    y[i]! /= factor[i * n + i]!
  }
  const step = solveTransposed(factor, y)
  const next = point.map((x, i) => x + step[i]!)
  return next.every(Number.isFinite) ? next : undefined
}
