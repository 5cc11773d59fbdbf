import type { Tensor } from '@tensorflow/tfjs-core'
import { argumentsOf, constantsOf, positionOf, type Constants } from './argumentsOf.ts'
import { broadcastShapes } from './broadcast.ts'
import type { Derivative } from './defineElementwise.ts'
import { fillElementwise } from './fillElementwise.ts'
import { newValues, runKernel, type Kernel, type TensorValues } from './kernel.ts'
import { isTensor, type Real } from './real.ts'
import { expandDims } from './shapes.ts'
import { fill } from './constant.ts'
import { sumTo } from './sum.ts'

/**
 * An op that sums a function of numbers over the last axis, to which its arguments broadcast: the terms are computed and
 * added in float64 and their sum is rounded once. One argument at least is a tensor. Derivatives are those of a term.
 */
export function elementwiseSum(
  name: string,
  f: (...args: number[]) => number,
  derivatives: readonly (Derivative | null)[],
): (...args: readonly Real[]) => Tensor {
  const kernel: Kernel = {
    compute: (inputs, attributes) => {
      const shape = broadcastShapes(
        inputs.map((input) => input.shape),
        name,
      )
      const width = shape.at(-1)!
      const out = newValues(shape.slice(0, -1), 'float32')
      const data = new Float64Array(out.data.length * width)
      const terms = { data: data as unknown as TensorValues, shape, dtype: 'float32' as const }
      fillElementwise(f, inputs, attributes['constants'] as Constants, terms)
      for (let i = 0, at = 0; i < out.data.length; i++) {
        let sum = 0
        for (const end = at + width; at < end; at++) sum += data[at]!
        out.data[i] = sum
      }
      return out
    },
    gradient: (index, dy, inputs, attributes) => {
      const constants = attributes['constants'] as Constants
      const { shape } = inputs[index]!
      const derivative = derivatives[positionOf(constants, index)]
      if (!derivative) return fill(shape, 0)
      return sumTo(derivative(expandDims(dy, -1), ...argumentsOf(constants, inputs)) as Tensor, shape)
    },
  }
  return (...args) =>
    runKernel(`variate.${name}`, kernel, args.filter(isTensor), { constants: constantsOf(args) })
}
