import type { Tensor } from '@tensorflow/tfjs-core'
import { add } from '@variate/core/ops'
import type { Attributes } from '@variate/core/internal'
import type { TraceBackend } from '../traceBackend.ts'
import { ELEMENTWISE } from './elementwise.ts'

/** Kernels of activations, by the names that layers give them. */
const ACTIVATIONS: Readonly<Record<string, string>> = {
  elu: 'Elu',
  leakyrelu: 'LeakyRelu',
  prelu: 'Prelu',
  relu: 'Relu',
  relu6: 'Relu6',
  sigmoid: 'Sigmoid',
}

/** What kernels that are fused make of a sum: with the bias, and the activation that attributes name. */
export function activated(
  sum: Tensor,
  { bias, preluActivationWeights: alpha }: Readonly<Record<string, Tensor>>,
  attributes: Attributes,
  trace: TraceBackend,
): Tensor {
  const { activation, leakyreluAlpha } = attributes as { activation?: string; leakyreluAlpha?: number }
  const x = bias ? add(sum, bias) : sum
  const name = ACTIVATIONS[activation ?? 'linear']
  const told = name && ELEMENTWISE[name]!
  return told ? (told({ x, ...(alpha && { alpha }) }, { alpha: leakyreluAlpha }, trace) as Tensor) : x
}
