import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, exp, mul, sqrt, square, sub } from '@variate/core/ops'

const [DECAY, SQUARE_DECAY] = [0.9, 0.999]

/** A parameter after a step, with the running means of its gradients and of their squares. */
export interface Moved {
  readonly next: Tensor
  readonly first: Tensor
  readonly second: Tensor
}

/**
 * A step of Adam as a function of what is carried, with both corrections in the rate.
 *
 * @param number of the step, from 1 on.
 * @see Kingma and Ba, Adam (ICLR 2015), algorithm 1 and the end of its section 2.
 */
export function adam(
  rate: number,
  number: Tensor,
  x: Tensor,
  gradient: Tensor,
  before: Tensor,
  squaresBefore: Tensor,
): Moved {
  const first = add(mul(DECAY, before), mul(1 - DECAY, gradient))
  const second = add(mul(SQUARE_DECAY, squaresBefore), mul(1 - SQUARE_DECAY, square(gradient)))
  const correction = sqrt(sub(1, exp(mul(Math.log(SQUARE_DECAY), number))))
  const corrected = div(mul(rate, correction), sub(1, exp(mul(Math.log(DECAY), number))))
  const next = sub(x, div(mul(corrected, first), add(sqrt(second), mul(1e-8, correction))))
  return { next, first, second }
}
