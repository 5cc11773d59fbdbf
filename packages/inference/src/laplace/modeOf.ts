import { linalg, NumericalError } from '@variate/core'
import { solveLower, solveTransposed } from '../exact/triangles.ts'
import { minimize, type Minimum, type MinimizeOptions } from '../optimizers/minimize.ts'
import type { LogDensity } from './logDensity.ts'

/** The fall that Newton's step promises, in nats, below which the mode is found: half the squared distance in standard deviations. */
const SMALLEST = 1e-20
const MOST_STEPS = 20

/**
 * The minimum of −log p: by L-BFGS, and from near it by Newton's method in the latents, whose units then do not matter.
 *
 * @throws NumericalError where it is not finite at the start.
 */
export function modeOf(
  density: LogDensity,
  start: Float64Array,
  options: MinimizeOptions,
  who: string,
): Pick<Minimum, 'x' | 'value' | 'converged'> {
  const { value, gradient } = density.f(start)
  if (!Number.isFinite(value) || !gradient.every(Number.isFinite)) {
    throw new NumericalError(
      `${who}: the log density is ${-value} at the start, or has no gradient there: begin elsewhere, as by init: initTo.median()`,
    )
  }
  const found = minimize(density.f, start, options)
  let [x, least] = [found.x, found.value]
  for (let i = 0; i < MOST_STEPS; i++) {
    const step = newtonStep(density, x)
    if (!step || !(step.fall > SMALLEST)) break
    const next = x.map((own, at) => own - (step.by[at - (x.length - density.places)] ?? 0))
    const now = density.f(next)
    if (!(now.value <= least + 1e-14 * Math.abs(least))) break
    ;[x, least] = [next, now.value]
  }
  return { x, value: least, converged: found.converged }
}

/** H⁻¹g by the latents, and the fall of −log p that it promises; undefined where H is not positive definite. */
function newtonStep(
  { f, hessian, places }: LogDensity,
  x: Float64Array,
): { readonly by: Float64Array; readonly fall: number } | undefined {
  const slope = f(x).gradient.slice(x.length - places)
  const factor = hessian(x)
  if (!factor.every(Number.isFinite) || linalg.choleskyInPlace(factor, places) >= 0) return undefined
  const by = solveTransposed(factor, solveLower(factor, slope))
  return { by, fall: 0.5 * by.reduce((sum, own, i) => sum + own * slope[i]!, 0) }
}
