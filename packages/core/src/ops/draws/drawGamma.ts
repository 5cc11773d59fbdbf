import type { Tensor } from '@tensorflow/tfjs-core'
import { fillGamma, fillLogGamma } from '../../random/fillGamma.ts'
import { div, mul, neg } from '../arithmetic.ts'
import { greater } from '../comparison.ts'
import type { TensorValues } from '../kernel.ts'
import { SMALLEST } from '../../float32.ts'
import type { Real } from '../real.ts'
import { gammaSampleDerivative, logGammaSampleDerivative } from '../special/gammaSampleDerivative.ts'
import { where } from '../where.ts'
import { defineDraw, type Draw } from './defineDraw.ts'
import type { AnyKey } from './key.ts'

const draw: Draw = /* @__PURE__ */ defineDraw(
  'drawGamma',
  (key, [concentration, rate], out) => {
    fillGamma(key, concentration!, out as Float32Array)
    divide(out, rate!)
  },
  {
    derivatives: [
      (draws, concentration, rate) => {
        const isFree = greater(draws, SMALLEST)
        const ofRate1 = gammaSampleDerivative(concentration!, mul(draws, rate!))
        return where(isFree, div(ofRate1, rate!), 0)
      },
      (draws, _, rate) => where(greater(draws, SMALLEST), neg(div(draws, rate!)), 0),
    ],
  },
)

/**
 * Draws from gamma distributions, at least the least normal number. They are differentiable in the concentration by
 * implicit reparameterization (Figurnov, Mohamed and Mnih 2018), and in the rate.
 */
export function drawGamma(
  key: AnyKey,
  shape: readonly number[],
  concentration: Real,
  rate: Real = 1,
): Tensor {
  return draw(key, shape, concentration, rate)
}

/** In place: what is a pass over memory that draws have just been written to would be three as ops. */
function divide(draws: TensorValues, rate: TensorValues): void {
  const step = +(rate.length > 1)
  for (let i = 0; i < draws.length; i++) draws[i] = Math.max(draws[i]! / rate[i * step]!, SMALLEST)
}

/** The logarithms of what `drawGamma` draws from the same key at rate 1, finite where those underflow to 0. */
export const drawLogGamma: Draw = /* @__PURE__ */ defineDraw(
  'drawLogGamma',
  (key, [concentration], out) => fillLogGamma(key, concentration!, out as Float32Array),
  { derivatives: [(draws, concentration) => logGammaSampleDerivative(concentration!, draws)] },
)
