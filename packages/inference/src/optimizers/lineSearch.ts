/** A differentiable function of a vector. The gradient is copied: it may be the same array at each call. */
export type Differentiable = (x: Float64Array) => { readonly value: number; readonly gradient: Float64Array }

/** A place, with the function's value and gradient there. */
export interface Point {
  readonly x: Float64Array
  readonly value: number
  readonly gradient: Float64Array
}

/** A point along a direction. */
interface Trial {
  readonly point: Point
  readonly value: number
  readonly step: number
  /** The derivative along the direction. */
  readonly slope: number
}

/** The strong Wolfe conditions' constants, as for quasi-Newton directions. */
const [ENOUGH, FLAT] = [1e-4, 0.9]
const MOST_TRIALS = 40

/**
 * A step along a descent direction that fulfils the strong Wolfe conditions: the function falls enough, and is flat enough
 * there. Where rounding leaves no such step, the best one that falls enough; values that are not finite count as too high.
 *
 * @param first the step to try first.
 * @returns undefined where no step falls: a rise is never accepted.
 * @see Nocedal and Wright, Numerical Optimization (2006), algorithms 3.5 and 3.6, in one loop over a bracket.
 */
export function lineSearch(
  f: Differentiable,
  from: Point,
  direction: Float64Array,
  first: number,
): Point | undefined {
  const start: Trial = { point: from, value: from.value, step: 0, slope: dot(from.gradient, direction) }
  if (!(start.slope < 0)) return undefined
  // The minimum along the direction lies between `low`, which is the lowest so far, and `high`, once there is one.
  let low = start
  let high: Trial | undefined
  let step = first
  for (let trials = 0; trials < MOST_TRIALS; trials++) {
    const trial = trialAt(f, from, direction, step)
    const isEnough = trial.value <= start.value + ENOUGH * step * start.slope
    if (!isFinitePoint(trial.point) || !isEnough || trial.value >= low.value) high = trial
    else {
      if (Math.abs(trial.slope) <= -FLAT * start.slope) return trial.point
      if (trial.slope * (high ? high.step - low.step : 1) >= 0) high = low
      low = trial
    }
    step = high ? between(low, high) : 2 * step
    if (high && Math.abs(high.step - low.step) <= Number.EPSILON * Math.max(high.step, low.step)) break
    // A shorter step falls by less than the value's rounding.
    if (high && low === start && -start.slope * step < 0.25 * Number.EPSILON * Math.abs(start.value)) break
  }
  return low === start ? undefined : low.point
}

/** Whether a function's value and gradient can be gone on from. */
export function isFinitePoint({ value, gradient }: Pick<Point, 'value' | 'gradient'>): boolean {
  return Number.isFinite(value) && gradient.every((x) => Number.isFinite(x))
}

export function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!
  return sum
}

/** The point of a function at a place. */
export function pointAt(f: Differentiable, x: Float64Array): Point {
  const { value, gradient } = f(x.slice())
  return { x, value, gradient: gradient.slice() }
}

function trialAt(f: Differentiable, { x }: Point, direction: Float64Array, step: number): Trial {
  const point = pointAt(
    f,
    x.map((own, i) => own + step * direction[i]!),
  )
  return { point, value: point.value, step, slope: dot(point.gradient, direction) }
}

/** The minimum of the cubic through both, kept off the ends; the middle where there is none, or no number at one end. */
function between(low: Trial, high: Trial): number {
  const width = high.step - low.step
  const middle = low.step + width / 2
  if (!isFinitePoint(high.point)) return middle
  const secant = low.slope + high.slope - (3 * (high.value - low.value)) / width
  const root = Math.sign(width) * Math.sqrt(secant * secant - low.slope * high.slope)
  const at = high.step - (width * (high.slope + root - secant)) / (high.slope - low.slope + 2 * root)
  if (!Number.isFinite(at)) return middle
  const share = Math.min(0.9, Math.max(0.1, (at - low.step) / width))
  return low.step + share * width
}
