import { DomainError, NumericalError, ShapeError } from '@variate/core'
import { shown } from '@variate/core/internal'
import { dot, isFinitePoint, lineSearch, pointAt, type Differentiable, type Point } from './lineSearch.ts'

export interface MinimizeOptions {
  /** How many of the last steps tell of the curvature; 10, if not given. */
  readonly memory?: number
  /** The largest entry of the gradient at which it has converged; 1e-8, if not given. */
  readonly tolerance?: number
  /** 1,000, if not given. */
  readonly maxIterations?: number
}

/** Where a minimisation has ended. */
export interface Minimum extends Point {
  readonly iterations: number
  /** Whether the gradient is small enough, or the function falls no further in this precision. */
  readonly converged: boolean
}

/** A step, the change of the gradient in it, and the reciprocal of their product. */
interface Pair {
  readonly step: Float64Array
  readonly change: Float64Array
  readonly reciprocal: number
}

/**
 * A local minimum of a differentiable function, by L-BFGS. The value never rises from one iteration to the next; where the
 * function is not a number, or not finite, the step is halved.
 *
 * @param f the function, with its gradient.
 * @param start where to begin; it is not changed.
 * @throws DomainError for options out of range; ShapeError for a gradient of another length; NumericalError where the function
 *   is not finite at the start.
 * @see Nocedal and Wright, Numerical Optimization (2006), algorithms 7.4 and 7.5.
 *
 * @example
 * ```ts
 * import { minimize } from '@variate/inference'
 *
 * const bowl = (x: Float64Array) => ({
 *   value: (x[0]! - 3) ** 2 + 10 * (x[1]! + 1) ** 2,
 *   gradient: Float64Array.of(2 * (x[0]! - 3), 20 * (x[1]! + 1)),
 * })
 * const { x, converged } = minimize(bowl, Float64Array.of(0, 0))
 * x // => [3, -1]
 * converged // => true
 * ```
 */
export function minimize(f: Differentiable, start: Float64Array, options: MinimizeOptions = {}): Minimum {
  const { memory = 10, tolerance = 1e-8, maxIterations = 1000 } = options
  checkOptions(memory, tolerance, maxIterations)
  let point = pointAt(f, start.slice())
  if (point.gradient.length !== start.length) {
    throw new ShapeError(
      `minimize: the gradient has length ${point.gradient.length}, the start ${start.length}`,
    )
  }
  if (!isFinitePoint(point)) {
    throw new NumericalError(`minimize: the function must be finite at the start, got ${shown(point.value)}`)
  }
  let pairs: readonly Pair[] = []
  let iterations = 0
  const end = (converged: boolean): Minimum => ({ ...point, iterations, converged })
  while (!isFlat(point, tolerance)) {
    if (iterations >= maxIterations) return end(false)
    const direction = downhill(point.gradient, pairs)
    const first = pairs.length > 0 ? 1 : 1 / Math.max(1, Math.sqrt(dot(point.gradient, point.gradient)))
    const next = lineSearch(f, point, direction, first)
    if (next) {
      pairs = withPair(pairs, point, next, memory)
      point = next
      iterations++
    } else if (pairs.length > 0) {
      if (isHidden(-dot(point.gradient, direction), point)) return end(true)
      // The curvature that is remembered may be of another place: steepest descent may still fall.
      pairs = []
    } else return end(fallsNoFurther(point))
  }
  return end(true)
}

function checkOptions(memory: number, tolerance: number, maxIterations: number): void {
  for (const [name, value] of [
    ['memory', memory],
    ['maxIterations', maxIterations],
  ] as const) {
    if (!(Number.isInteger(value) && value >= 1))
      throw new DomainError(`minimize: ${name} must be a whole number ≥ 1, got ${shown(value)}`)
  }
  if (!(tolerance >= 0)) throw new DomainError(`minimize: tolerance must be ≥ 0, got ${shown(tolerance)}`)
}

/** Whatever is added to a function, its gradient stays: the value is no measure of it. */
function isFlat({ gradient }: Point, tolerance: number): boolean {
  return gradient.every((x) => Math.abs(x) <= tolerance)
}

/** Whether the fall that a quasi-Newton step promises is lost in the rounding of the value. */
function isHidden(fall: number, { value }: Point): boolean {
  return fall <= 16 * Number.EPSILON * Math.abs(value)
}

/** Whether a step of the gradient's own length changes the value by no more than its rounding. */
function fallsNoFurther({ value, gradient }: Point): boolean {
  return dot(gradient, gradient) <= 1e4 * Number.EPSILON * Math.max(1, Math.abs(value))
}

/** −H g, of the inverse Hessian H that the pairs tell of: algorithm 7.4, the two loops. */
function downhill(gradient: Float64Array, pairs: readonly Pair[]): Float64Array {
  const direction = gradient.map((x) => -x)
  const add = (scale: number, x: Float64Array): void => {
    for (let i = 0; i < x.length; i++) direction[i]! += scale * x[i]!
  }
  const shares = pairs.map(() => 0)
  for (let i = pairs.length - 1; i >= 0; i--) {
    const { step, change, reciprocal } = pairs[i]!
    shares[i] = reciprocal * dot(step, direction)
    add(-shares[i]!, change)
  }
  const last = pairs.at(-1)
  const scale = last ? 1 / (last.reciprocal * dot(last.change, last.change)) : 1
  for (let i = 0; i < direction.length; i++) direction[i]! *= scale
  for (const [i, { step, change, reciprocal }] of pairs.entries())
    add(shares[i]! - reciprocal * dot(change, direction), step)
  return direction
}

/** The pairs with that of one more step, if the function curves upwards along it: H stays positive definite. */
function withPair(pairs: readonly Pair[], from: Point, to: Point, memory: number): readonly Pair[] {
  const step = to.x.map((x, i) => x - from.x[i]!)
  const change = to.gradient.map((x, i) => x - from.gradient[i]!)
  const product = dot(step, change)
  const lengths = Math.sqrt(dot(step, step)) * Math.sqrt(dot(change, change))
  if (!(product > Number.EPSILON * lengths)) return pairs
  return [...pairs, { step, change, reciprocal: 1 / product }].slice(-memory)
}
