import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, hessianVectorProduct, valueAndGrad } from '@variate/compile'
import { linalg, type NdArray } from '@variate/core'
import { eye } from '@variate/core/ops'
import type { Bound } from '@variate/language/internal'
import { solveLower, solveTransposed } from '../exact/triangles.ts'
import type { Tensors } from '../exact/termAt.ts'
import type { Term } from '../exact/terms.ts'
import type { Completion } from './completions.ts'
import { possibleOnly } from './possibleOnly.ts'
import type { Step } from './step.ts'
import { expectedLogJoint, plainCompletion, type CompletionTensors } from './objective.ts'
import { flatten, unflatten, type Layout } from './flat.ts'
import type { Parameters } from './parameters.ts'

/** How exactly a function must be quadratic, relative to its own second derivatives. */
const TOLERANCE = 1e-8

/** What a parameter may move by rounding alone, relative to its size. */
const ROUNDING = 1e-11

/** The most numbers of which all second derivatives are taken. */
const MOST = 1000

/** Two derivatives of a function at a point. */
interface Quadratic {
  readonly point: Float64Array
  readonly gradient: NdArray
  readonly hessian: NdArray
}

/**
 * Parameters in which the expected log joint is quadratic, as it is in what the locations of normal distributions are affine
 * in: weighted least squares, one step of Newton's method. Each step is checked where it leads: should the function turn out to
 * be another there, it is ascended by gradients from then on.
 *
 * @param terms those that have any of the parameters, by their numbers.
 * @param layout the parameters.
 * @param tries parameters at which the function must be the same quadratic one, with expectations.
 * @param otherwise ascent by gradients.
 * @returns undefined where it is not.
 */
export function quadraticStep(
  bound: Bound,
  terms: readonly (readonly [at: number, term: Term])[],
  layout: Layout,
  tries: readonly Parameters[],
  completions: readonly Completion[],
  otherwise: () => Step,
): Step | undefined {
  if (layout.size === 0 || layout.size > MOST) return undefined
  const own = terms.map(([, term]) => term)
  const all = compile(
    (given: Tensors, masks: Tensors, expectations: readonly CompletionTensors[], point: Tensor) => {
      const total = (at: Tensor): Tensor =>
        expectedLogJoint(bound, own, { ...given, ...layout.split(at) }, masks, expectations)
      const product = hessianVectorProduct(total)
      return {
        gradient: valueAndGrad(total)(point).grads[0],
        hessian: batch((direction: Tensor) => product([point], [direction])[0])(eye(layout.size)),
      }
    },
    { precision: 'float64' },
  )
  const pick = (now: readonly Completion[]) => terms.map(([i]) => plainCompletion(possibleOnly(now[i]!)))
  const at = (parameters: Parameters, point: Float64Array, picked: ReturnType<typeof pick>): Quadratic => {
    const found = all(
      { ...bound.values, ...parameters } as never,
      bound.present as never,
      picked as never,
      point,
    ) as unknown as Omit<Quadratic, 'point'>
    return { ...found, point }
  }
  const points = tries.map((parameters) => flatten(layout, parameters))
  const expectations = pick(completions)
  const [first, ...others] = points.map((point) => at(tries[0]!, point, expectations))
  if (!others.every((other) => isSame(first!, other)) || !maximum(first!)) return undefined
  let gradients: Step | undefined
  return {
    params: layout.names,
    get how() {
      return gradients?.how ?? 'weighted least squares'
    },
    update: (given, now) => {
      if (gradients) return gradients.update(given, now)
      const picked = pick(now)
      const here = at(given, flatten(layout, given), picked)
      const next = maximum(here)
      if (next && isSame(here, at(given, next, picked))) return { ...given, ...unflatten(layout, next) }
      gradients = otherwise()
      return gradients.update(given, now)
    },
  }
}

/** Whether derivatives at two points are those of one quadratic function. */
function isSame(a: Quadratic, b: Quadratic): boolean {
  const n = a.point.length
  const second = (x: Quadratic, i: number, j: number): number => x.hessian.data[i * n + j]!
  for (let i = 0; i < n; i++) {
    let [slope, most] = [a.gradient.data[i]!, Math.abs(a.gradient.data[i]!)]
    for (let j = 0; j < n; j++) {
      const size = Math.sqrt(Math.abs(second(a, i, i) * second(a, j, j)))
      if (!(Math.abs(second(a, i, j) - second(b, i, j)) <= TOLERANCE * size)) return false
      const change = second(a, i, j) * (b.point[j]! - a.point[j]!)
      slope += change
      most += Math.abs(change)
    }
    const rounding = ROUNDING * Math.abs(second(a, i, i)) * (1 + Math.abs(a.point[i]!))
    if (!(Math.abs(b.gradient.data[i]! - slope) <= 10 * TOLERANCE * most + rounding)) return false
  }
  return true
}

/** Where a concave quadratic function is largest: x − H⁻¹ g. */
function maximum({ gradient, hessian, point }: Quadratic): Float64Array | undefined {
  const n = point.length
  const factor = Float64Array.from(hessian.data, (x) => -x)
  if (linalg.choleskyInPlace(factor, n) >= 0) return undefined
  const step = solveTransposed(factor, solveLower(factor, gradient.data))
  const next = point.map((x, i) => x + step[i]!)
  return next.every(Number.isFinite) ? next : undefined
}
