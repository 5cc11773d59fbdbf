import type { Tensor } from '@tensorflow/tfjs-core'
import { runKernel, type Kernel } from '@variate/core/internal'
import type { TraceBackend } from '../trace/traceBackend.ts'

const kernel: Kernel = {
  tfjs: ['Identity'],
  gradient: (_, dy) => dy,
}

/**
 * `x` as a variable to differentiate by: a node that is no other's equal. Equal operations are one node and constants are
 * folded, so that the node of `x` may be that of something else as well.
 */
export function variable(trace: TraceBackend, x: Tensor): Tensor {
  // No earlier variable had this number, for each of them is a node itself.
  return runKernel('variate.variable', kernel, [x], { serial: trace.graph.nodes.length })
}
