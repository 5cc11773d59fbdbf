import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import type * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { ndarray, type NdArray } from '@variate/core'
import { conv2d, cos, sum, type ConvolutionOptions } from '@variate/core/ops'
import { hessianVectorProduct, valueAndGrad, type Precision } from '../../src/index.ts'
import { epsilonOf, PRECISIONS } from '../routines/computed.ts'
import { run } from './run.ts'

interface Case extends ConvolutionOptions {
  readonly x: readonly number[]
  readonly filter: readonly number[]
  readonly y: readonly number[]
  readonly gradients: readonly (readonly number[])[]
  readonly products: readonly (readonly number[])[]
}

const { cases } = JSON.parse(
  readFileSync(new URL('../../../core/test/oracles/convolution.json', import.meta.url), 'utf8'),
) as { readonly cases: readonly Case[] }

function sines(shape: readonly number[], seed: number, precision: Precision): NdArray {
  const size = shape.reduce((product, length) => product * length, 1)
  const data = Float64Array.from({ length: size }, (_, i) => Math.sin(0.7 * (i + 1) + 0.31 * seed))
  return ndarray(precision === 'float32' ? Float32Array.from(data) : data, [...shape])
}

test.each(cases)(
  'of $x with $filter, $strides, $padding, $dilations, it and its derivatives are those of PyTorch',
  (one) => {
    for (const precision of PRECISIONS) {
      const given = [one.x, one.filter, one.x, one.filter].map((shape, i) => sines(shape, i + 1, precision))
      const total = (x: tf.Tensor, filter: tf.Tensor): tf.Tensor => sum(cos(conv2d(x, filter, one)))
      const results = run(
        (x, filter, u, v) => [
          conv2d(x!, filter!, one),
          ...valueAndGrad(total)(x!, filter!).grads,
          ...hessianVectorProduct(total)([x!, filter!], [u!, v!]),
        ],
        given,
        precision,
      )
      const wanted = [one.y, ...one.gradients, ...one.products]
      expect(results.map(({ length }) => length)).toEqual(wanted.map(({ length }) => length))
      for (const [k, numbers] of wanted.entries()) {
        const largest = numbers.reduce((max, number) => Math.max(max, Math.abs(number)), 1)
        const far = numbers.findIndex(
          (number, i) => !(Math.abs(results[k]![i]! - number) <= 50 * epsilonOf(precision) * largest),
        )
        expect(far, `${precision}: ${k} at ${far}: ${results[k]![far]} for ${numbers[far]}`).toBe(-1)
      }
    }
  },
)
