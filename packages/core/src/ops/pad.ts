import type { Tensor } from '@tensorflow/tfjs-core'
import { runKernel, type Kernel } from './kernel.ts'
import { slice } from './shapes.ts'

type Paddings = readonly (readonly number[])[]

const padKernel: Kernel = {
  tfjs: {
    kernel: 'PadV2',
    run: (run, [x], { paddings, constantValue }) => run('PadV2', { x: x! }, { paddings, constantValue }),
  },
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
