import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, exp, mul, sqrt, square, sub } from '@variate/core/ops'

const [DECAY, SQUARE_DECAY] = [0.9, 0.999]

/** A parameter after a step, with the discounted sums of its gradients and of their squares. */
export interface Moved {
  readonly next: Tensor
  readonly first: Tensor
  readonly second: Tensor
}

/** Of so many ones, the discounted sum: what the sums of other numbers are divided by to be means. */
const ones = (decay: number, number: Tensor): Tensor =>
  div(sub(1, exp(mul(Math.log(decay), number))), 1 - decay)

/**
 * A step of Adam as a function of what is carried. Its means, corrected for having begun with 0, are discounted sums over
 * those of ones, and both divisions are in the rate.
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
  const first = add(mul(DECAY, before), gradient)
  const second = add(mul(SQUARE_DECAY, squaresBefore), square(gradient))
  const root = sqrt(ones(SQUARE_DECAY, number))
  const corrected = div(mul(rate, root), ones(DECAY, number))
  const next = sub(x, div(mul(corrected, first), add(sqrt(second), mul(1e-8, root))))
  return { next, first, second }
}
