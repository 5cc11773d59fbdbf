import type { Tensor } from '@tensorflow/tfjs-core'
import { NdArray, UnsupportedError } from '@variate/core'
import { add, concat, div, max, maximum, mean, minimum, mul, pad, transpose } from '@variate/core/ops'
import { activation } from '../activation.ts'
import type { Activation } from '../activations.ts'
import { dense } from '../dense.ts'
import { dropout } from '../dropout.ts'
import { layerNorm } from '../layerNorm.ts'
import { avgPool2d, maxPool2d } from '../pool2d.ts'
import { reshape } from '../reshape.ts'
import { convolved, pooled, pooledWhole } from './images.ts'
import { layerActivation } from './layerActivation.ts'
import { recurrent } from './recurrent.ts'
import { transposed } from './transposed.ts'
import {
  checkChannelsLast,
  ofNetwork,
  zeros,
  type LayerSource,
  type Translate,
  type Translation,
} from './translation.ts'

const elementwise = ({ inputs: [input] }: LayerSource, f: Activation): Translation =>
  ofNetwork(activation(input!, f))

const merged =
  (join: (xs: readonly Tensor[]) => Tensor): Translate =>
  ({ who, inputs }) => {
    const other = inputs.find((shape) => String(shape) !== String(inputs[0]))
    if (!other) return { apply: (_, xs) => join(xs) }
    throw new UnsupportedError(`${who}: it takes [${inputs[0]}] and [${other}]: make them equal`)
  }

const folded = (f: (a: Tensor, b: Tensor) => Tensor): Translate =>
  merged((xs) => xs.reduce((a, b) => f(a, b)))

const joined: Translate = ({ who, config, output }) => {
  const axis = config['axis'] as number
  const at = axis < 0 ? axis : axis - 1 - output.length
  if (at >= -output.length && at < 0) return { apply: (_, xs) => concat(xs, at) }
  throw new UnsupportedError(`${who}: it joins examples, along axis ${axis}: examples are apart here`)
}

/** Layers of `@tensorflow/tfjs-layers` by the names of their classes. */
export const TRANSLATIONS: Readonly<Record<string, Translate>> = {
  Dense: ({ who, config, weights, inputs: [input], output }) => {
    const [kernel, bias] = weights as [NdArray<Float32Array>, NdArray<Float32Array>?]
    const units = output.at(-1)!
    return ofNetwork(
      dense(input!.at(-1)!, units, { activation: layerActivation(config['activation'], who) }),
      { weights: transposed(kernel), ...(bias ? { bias } : {}) },
      bias ? {} : { bias: zeros(units) },
    )
  },
  Conv2D: convolved(false),
  Conv2DTranspose: convolved(true),
  GRU: recurrent,
  LayerNormalization: ({ who, config, weights, inputs: [input] }) => {
    const own = [config['axis'] as number | readonly number[]].flat()
    const axes = own.map((axis) => (axis < 0 ? axis : axis - 1 - input!.length)).toSorted((a, b) => a - b)
    if (axes.some((axis, i) => axis !== i - axes.length))
      throw new UnsupportedError(`${who}: it normalises over axes [${own}]: they must be the last ones`)
    const shape = input!.slice(-axes.length)
    const [hasScale, hasBias] = [config['scale'] === true, config['center'] === true]
    const ones = new NdArray(zeros(...shape).data.fill(1), shape)
    return ofNetwork(
      layerNorm(input!, { axes: axes.length, epsilon: config['epsilon'] as number }),
      { ...(hasScale ? { scale: weights[0]! } : {}), ...(hasBias ? { bias: weights.at(-1)! } : {}) },
      { ...(hasScale ? {} : { scale: ones }), ...(hasBias ? {} : { bias: zeros(...shape) }) },
    )
  },
  Dropout: ({ who, config, inputs: [input] }) => {
    if (config['noiseShape'] === undefined || config['noiseShape'] === null)
      return ofNetwork(dropout(input!, config['rate'] as number))
    throw new UnsupportedError(`${who}: it leaves numbers out together: give it no noiseShape`)
  },
  Activation: (source) => elementwise(source, layerActivation(source.config['activation'], source.who)),
  ReLU: (source) => {
    const most = source.config['maxValue'] as number | null | undefined
    return elementwise(source, (x) => {
      const above = maximum(x, 0)
      return most === null || most === undefined ? above : minimum(above, most)
    })
  },
  LeakyReLU: (source) => elementwise(source, (x) => maximum(x, mul(source.config['alpha'] as number, x))),
  ELU: (source) => elementwise(source, 'elu'),
  Softmax: (source) => {
    const axis = source.config['axis'] as number
    if (axis === -1 || axis === source.output.length) return elementwise(source, 'softmax')
    throw new UnsupportedError(`${source.who}: its probabilities are along axis ${axis}: it must be the last`)
  },
  Flatten: ({ inputs: [input], output }) => ofNetwork(reshape(input!, output)),
  Reshape: ({ inputs: [input], output }) => ofNetwork(reshape(input!, output)),
  Permute: ({ config, inputs: [input] }) => {
    const count = input!.length
    const dims = (config['dims'] as readonly number[]).map((dim) => dim - 1 - count)
    return {
      apply: (_, [x]) => {
        const leading = Array.from({ length: x!.rank - count }, (__, i) => i)
        return transpose(x!, [...leading, ...dims.map((dim) => x!.rank + dim)])
      },
    }
  },
  MaxPooling2D: pooled(maxPool2d),
  AveragePooling2D: pooled(avgPool2d),
  GlobalMaxPooling2D: pooledWhole((x, axes) => max(x, axes)),
  GlobalAveragePooling2D: pooledWhole((x, axes) => mean(x, axes)),
  ZeroPadding2D: (source) => {
    checkChannelsLast(source)
    const around = source.config['padding'] as readonly [number, number][]
    return {
      apply: (_, [x]) =>
        pad(x!, [...x!.shape.slice(0, -3).map((): [number, number] => [0, 0]), ...around, [0, 0]]),
    }
  },
  Add: folded(add),
  Multiply: folded(mul),
  Maximum: folded(maximum),
  Minimum: folded(minimum),
  Average: merged((xs) =>
    div(
      xs.reduce((a, b) => add(a, b)),
      xs.length,
    ),
  ),
  Concatenate: joined,
}
