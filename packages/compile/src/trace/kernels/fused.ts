import type { Tensor } from '@tensorflow/tfjs-core'
import { add, div, greaterEqual, matMul, mul, sqrt, sub, where } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { activated } from './activated.ts'
import { einsum } from './einsum.ts'

const fusedMatMul: Told = (inputs, attributes, trace) => {
  const { transposeA, transposeB } = attributes as { transposeA: boolean; transposeB: boolean }
  return activated(matMul(inputs['a']!, inputs['b']!, { transposeA, transposeB }), inputs, attributes, trace)
}

/** Kernels that do the work of several, and those that only TensorFlow.js's gradients run. */
export const FUSED: Readonly<Record<string, Told>> = {
  Einsum: (inputs, { equation }) => einsum(equation as string, Object.values(inputs)),
  EluGrad: ({ dy, y }) => where(greaterEqual(y!, 0), dy!, mul(dy!, add(y!, 1))) as Tensor,
  FusedBatchNorm: ({ x, mean, variance, scale, offset }, { varianceEpsilon }) => {
    const deviation = sqrt(add(variance!, (varianceEpsilon as number | null) ?? 1e-3))
    const standard = div(sub(x!, mean!), deviation)
    const scaled = scale ? mul(standard, scale) : standard
    return offset ? add(scaled, offset) : scaled
  },
  _FusedMatMul: fusedMatMul,
}
