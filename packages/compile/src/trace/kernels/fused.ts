import type { Tensor } from '@tensorflow/tfjs-core'
import { add, greaterEqual, matMul, mul, where } from '@variate/core/ops'
import type { Told } from '../registerKernels.ts'
import { einsum } from './einsum.ts'
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

const fusedMatMul: Told = ({ a, b, bias, preluActivationWeights: alpha }, attributes, trace) => {
  const { transposeA, transposeB, activation, leakyreluAlpha } = attributes as {
    transposeA: boolean
    transposeB: boolean
    activation?: string
    leakyreluAlpha?: number
  }
  const product = matMul(a!, b!, { transposeA, transposeB })
  const x = bias ? add(product, bias) : product
  const name = ACTIVATIONS[activation ?? 'linear']
  return name ? ELEMENTWISE[name]!({ x, ...(alpha && { alpha }) }, { alpha: leakyreluAlpha }, trace) : x
}

/** Kernels that do the work of several, and those that only TensorFlow.js's gradients run. */
export const FUSED: Readonly<Record<string, Told>> = {
  Einsum: (inputs, { equation }) => einsum(equation as string, Object.values(inputs)),
  EluGrad: ({ dy, y }) => where(greaterEqual(y!, 0), dy!, mul(dy!, add(y!, 1))) as Tensor,
  _FusedMatMul: fusedMatMul,
}
