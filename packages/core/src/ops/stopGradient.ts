import type { Tensor } from '@tensorflow/tfjs-core'
import * as tf from '@tensorflow/tfjs-core'
import { runKernel, type Kernel } from './kernel.ts'
import type { Join, Real } from './real.ts'

const kernel: Kernel = {
  tfjs: { kernel: 'Identity', run: (run, [x]) => run('Identity', { x: x! }) },
  gradient: (_, __, [x]) => tf.zeros(x!.shape),
}

/** `x`, which a derivative takes for a constant. */
export function stopGradient<A extends Real>(x: A): Join<A> {
  return (typeof x === 'number' ? x : runKernel('variate.stopGradient', kernel, [x as Tensor])) as Join<A>
}
