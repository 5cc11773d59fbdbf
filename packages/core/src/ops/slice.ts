import type { Tensor } from '@tensorflow/tfjs-core'
import { runKernel, type Kernel } from './kernel.ts'

const sliceKernel: Kernel = {
  tfjs: ['Slice'],
  gradient: (_, dy, [x], attributes) => {
    const begin = attributes['begin'] as readonly number[]
    return pad(
      dy,
      x!.shape.map((length, axis) => [begin[axis]!, length - begin[axis]! - dy.shape[axis]!]),
    )
  },
}

/** The block of `size` that starts at `begin`, one number for each axis. */
export function slice(x: Tensor, begin: readonly number[], size: readonly number[]): Tensor {
  return runKernel('variate.slice', sliceKernel, [x], { begin: [...begin], size: [...size] })
}

type Paddings = readonly (readonly number[])[]

const padKernel: Kernel = {
  tfjs: ['PadV2'],
  gradient: (_, dy, [x], { paddings }) =>
    slice(
      dy,
      (paddings as Paddings).map(([before]) => before!),
      x!.shape,
    ),
}

/** `x` with `value` put before and after it: `[before, after]` for each axis. */
export function pad(x: Tensor, paddings: Paddings, value = 0): Tensor {
  return runKernel('variate.pad', padKernel, [x], {
    paddings: paddings.map((pair) => [...pair]),
    constantValue: value,
  })
}
