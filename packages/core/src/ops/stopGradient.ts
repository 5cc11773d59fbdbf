import { clone, customGrad, type Tensor } from '@tensorflow/tfjs-core'
import { fill } from './constant.ts'
import { runKernel, type Kernel } from './kernel.ts'
import type { Join, Real } from './real.ts'
import { isTracing } from './tidy.ts'

/** What a trace records: it has no other way to know where the gradient stops. */
const kernel: Kernel = {
  tfjs: ['Identity'],
  gradient: (_, __, [x]) => fill(x!.shape, 0),
}

/**
 * `x`, which a derivative takes for a constant. Nothing at all flows back, for a gradient of 0 would become NaN where
 * what made `x` has no finite derivative.
 */
export function stopGradient<A extends Real>(x: A): Join<A> {
  if (typeof x === 'number') return x as unknown as Join<A>
  const tensor = x as Tensor
  const constant = isTracing()
    ? runKernel('variate.stopGradient', kernel, [tensor])
    : customGrad(() => ({ value: clone(tensor), gradFunc: () => [] }))()
  return constant as Join<A>
}
