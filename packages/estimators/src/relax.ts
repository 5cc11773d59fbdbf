import type { Tensor } from '@tensorflow/tfjs-core'
import { DomainError, NdArray, key, random } from '@variate/core'
import { shown, sizeOf } from '@variate/core/internal'
import { add, concat, matVec, mul, reshape, sum, tanh } from '@variate/core/ops'
import { checkControl, temperatureOf, type ControlOptions } from './checkControl.ts'
import { controlled } from './controlled.ts'
import type { Estimator, Outline } from './estimator.ts'
import type { Values } from './problem.ts'
import { discreteIn } from './relaxedDrawings.ts'

export interface RelaxOptions extends ControlOptions {
  /** A network of all relaxed values, of one layer of tanh units and a linear one. */
  readonly surrogate?: {
    /** How many units the hidden layer has; 8, if not given. */
    readonly hidden?: number
  }
}

/**
 * RELAX: REBAR with a network of the relaxed values added to its control variate, which is trained as temperature and scale are, by
 * the gradient of the estimator's variance. Unbiased. The network begins with 0, as REBAR; with scale 0 it is all of the control.
 *
 * @throws DomainError for options out of range.
 * @see Grathwohl, Choi, Wu, Roeder and Duvenaud, Backpropagation through the Void: Optimizing Control Variates for Black-Box Gradient
 *   Estimation (ICLR 2018).
 *
 * @example
 * ```ts
 * import '@tensorflow/tfjs-backend-cpu'
 * import { bernoulli, normal } from '@variate/distributions'
 * import { relax } from '@variate/estimators'
 * import { bbvi } from '@variate/inference'
 * import { mul, sub } from '@variate/core/ops'
 * import { model } from '@variate/language'
 *
 * const sign = model('sign')
 *   .latent('z', bernoulli({ probs: 0.5 }))
 *   .observed('x', ({ z }) => normal(sub(mul(2, z), 1), 1))
 * const estimator = relax({ surrogate: { hidden: 4 } })
 * const fit = await bbvi(sign, { estimator, steps: 1000 }).fit({ x: 1 }, { seed: 0 })
 * Math.abs(fit.posterior.mean.z.data[0]! - 1 / (1 + Math.exp(-2))) < 0.05 // => true
 * ```
 */
export function relax(options: RelaxOptions = {}): Estimator<'reparameterized' | 'discrete'> {
  const start = checkControl('relax', options)
  const { hidden = 8 } = options.surrogate ?? {}
  if (!Number.isInteger(hidden) || hidden < 1)
    throw new DomainError(`relax: surrogate.hidden must be a whole number ≥ 1, got ${shown(hidden)}`)
  return controlled(
    {
      name: 'relax',
      start: (outline) => ({ ...start.tuned, ...networkStart(widthOf(outline), hidden) }),
      temperature: temperatureOf,
      of: (tuned, relaxed, logWeight) => add(mul(tuned['scale']!, logWeight), network(tuned, relaxed)),
    },
    start,
  )
}

/** How many numbers all relaxed values are. */
function widthOf(outline: Outline): number {
  return discreteIn(outline).reduce((total, { plates, relaxed }) => {
    const lengths = plates.map((plate) => outline.sizes.get(plate)!)
    return total + sizeOf([...lengths, ...relaxed!])
  }, 0)
}

/** The weights of the hidden layer are draws of a key of their own, and those of the output are 0. */
function networkStart(width: number, hidden: number): Readonly<Record<string, NdArray<Float64Array>>> {
  const draws = random.normal(key(0), [hidden, width], { dtype: 'float64' })
  return {
    inner: new NdArray(
      draws.data.map((x) => x / Math.sqrt(Math.max(width, 1))),
      [hidden, width],
    ),
    innerBias: new NdArray(new Float64Array(hidden), [hidden]),
    outer: new NdArray(new Float64Array(hidden), [hidden]),
  }
}

function network({ inner, innerBias, outer }: Values, relaxed: readonly Tensor[]): Tensor {
  const rows = relaxed.map((x) => reshape(x, [x.size]))
  if (rows.length === 0) return sum(mul(0, outer!))
  const whole = rows.length === 1 ? rows[0]! : concat(rows, 0)
  return sum(mul(outer!, tanh(add(matVec(inner!, whole), innerBias!))))
}
