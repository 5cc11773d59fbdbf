import { customGrad, type Tensor } from '@tensorflow/tfjs-core'

/**
 * What `f` makes, as a constant: nothing in it is differentiated. `stopGradient` would pass gradients of 0 on, which
 * derivatives that are not finite turn into NaN.
 */
export function constantOf(f: () => Tensor): Tensor {
  return customGrad(() => ({ value: f(), gradFunc: () => [] }))()
}
