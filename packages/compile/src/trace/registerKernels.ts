import { getKernel, registerKernel, Tensor } from '@tensorflow/tfjs-core'
import type { Attributes } from '@variate/core/internal'
import { CONVOLUTIONS } from './kernels/convolutions.ts'
import { DEPTHWISE } from './kernels/depthwise.ts'
import { ELEMENTWISE } from './kernels/elementwise.ts'
import { FUSED } from './kernels/fused.ts'
import { INDEXING } from './kernels/indexing.ts'
import { POOLS } from './kernels/pools.ts'
import { PRODUCTS } from './kernels/products.ts'
import { REDUCTIONS } from './kernels/reductions.ts'
import { STRUCTURE } from './kernels/structure.ts'
import { UNTRACED } from './kernels/untraced.ts'
import type { TraceBackend } from './traceBackend.ts'

/** A kernel of TensorFlow.js, told in ops of core. */
export type Told = (
  inputs: Readonly<Record<string, Tensor>>,
  attributes: Attributes,
  trace: TraceBackend,
) => Tensor | readonly Tensor[]

/** Every kernel that can be traced, by TensorFlow.js's name for it. */
export const TRACED: Readonly<Record<string, Told>> = {
  ...CONVOLUTIONS,
  ...DEPTHWISE,
  ...ELEMENTWISE,
  ...FUSED,
  ...INDEXING,
  ...POOLS,
  ...PRODUCTS,
  ...REDUCTIONS,
  ...STRUCTURE,
}

/** Registers the kernels of TensorFlow.js for the backend that traces, once. */
export function registerKernels(): void {
  if (getKernel('Add', 'trace')) return
  for (const [kernelName, told] of Object.entries({ ...UNTRACED, ...TRACED })) {
    registerKernel({
      kernelName,
      backendName: 'trace',
      kernelFunc: ({ inputs, attrs, backend }) => {
        const trace = backend as TraceBackend
        const given = Object.values(inputs)
        // The tape tells tensors apart by their ids: for one that is input and output as well it would add up twice.
        const apart = (x: Tensor): Tensor => (given.includes(x) ? trace.tensorOf(trace.nodeOf(x)) : x)
        const results = told(inputs as never, attrs as never, trace)
        return (results instanceof Tensor ? apart(results) : results.map(apart)) as never
      },
    })
  }
}
