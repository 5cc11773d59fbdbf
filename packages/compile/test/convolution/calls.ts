import * as tf from '@tensorflow/tfjs-core'

type Call = readonly [inputs: readonly number[][], f: (...xs: tf.Tensor[]) => tf.Tensor | tf.Tensor[]]

const numbers = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(1.7 * i + seed))

const images = (a: tf.Tensor): tf.Tensor4D => tf.reshape(a, [2, 6, 5, 2]) as tf.Tensor4D
const first = (a: tf.Tensor): tf.Tensor4D => tf.reshape(a, [2, 2, 6, 5]) as tf.Tensor4D
const filters = (b: tf.Tensor): tf.Tensor4D => tf.reshape(b, [3, 2, 2, 3]) as tf.Tensor4D

const [OF_IMAGES, OF_FILTERS] = [numbers(120, 1), numbers(36, 2)]
const kernel = (name: string, inputs: Record<string, tf.Tensor>, attributes: object): tf.Tensor =>
  tf.engine().runKernel(name, inputs, attributes as never)

/** A gradient of a result of ones, twos and so on: of 2 × 3 × 3 × channels with strides of 2 and padding 'same'. */
const slopes = (channels: number): tf.Tensor =>
  tf.reshape(tf.range(1, 18 * channels + 1), [2, 3, 3, channels])
const SAME = { strides: [2, 2], pad: 'same', dilations: [1, 1], dataFormat: 'NHWC', filterSize: [3, 2] }
const POOL = [OF_IMAGES]
/** What leaves fewer columns than its zeros would: TensorFlow.js counts columns by the height of the filter. */
const FEWER = { strides: 1, pad: 1 } as const

/** Calls that run each kernel of convolutions and pools, by its name. */
// prettier-ignore
export const CONVOLUTION_CALLS: Readonly<Record<string, Call>> = {
  AvgPool: [POOL, (a) => [tf.avgPool(images(a), 2, 2, 'valid'), tf.avgPool(images(a), [3, 2], [2, 1], 'same'), tf.avgPool(images(a), 3, 2, 1, 'ceil')]],
  // With windows that reach out of images, that of TensorFlow.js is not the derivative of what it computes.
  AvgPoolGrad: [POOL, (a) => kernel('AvgPoolGrad', { dy: tf.ones([2, 3, 2, 2]), input: images(a) }, { filterSize: 2, strides: 2, pad: 'valid' })],
  Conv2D: [[OF_IMAGES, OF_FILTERS], (a, b) => [
    tf.conv2d(images(a), filters(b), 1, 'valid'),
    tf.conv2d(images(a), filters(b), [2, 3], 'same'),
    tf.conv2d(images(a), filters(b), 1, 'same', 'NHWC', [1, 2]),
    tf.conv2d(images(a), filters(b), 2, [[0, 0], [1, 2], [0, 3], [0, 0]]),
    tf.conv2d(images(a), filters(b), FEWER.strides, FEWER.pad, 'NHWC', 1, 'floor'),
    tf.conv2d(first(a), filters(b), 2, 'same', 'NCHW'),
    tf.conv2d(tf.reshape(a, [4, 5, 6, 1]) as tf.Tensor4D, tf.reshape(b, [6, 6, 1, 1]) as tf.Tensor4D, 2, 'same'),
    tf.separableConv2d(images(a), tf.slice(filters(b), 0, [3, 2, 2, 1]) as tf.Tensor4D, tf.reshape(tf.slice(b, 0, 6), [1, 1, 2, 3]) as tf.Tensor4D, 1, 'same'),
  ]],
  Conv2DBackpropFilter: [[OF_IMAGES], (a) => [
    kernel('Conv2DBackpropFilter', { x: images(a), dy: slopes(3) }, { ...SAME, filterShape: [3, 2, 2, 3] }),
    kernel('Conv2DBackpropFilter', { x: images(a), dy: tf.ones([2, 6, 5, 3]) }, { ...SAME, ...FEWER, dimRoundingMode: 'floor', filterShape: [3, 2, 2, 3] }),
  ]],
  Conv2DBackpropInput: [[OF_IMAGES, OF_FILTERS], (a, b) => [
    tf.conv2dTranspose(images(a), tf.reshape(b, [3, 2, 3, 2]) as tf.Tensor4D, [2, 12, 10, 3], 2, 'same'),
    tf.conv2dTranspose(images(a), tf.reshape(b, [3, 2, 3, 2]) as tf.Tensor4D, [2, 13, 10, 3], 2, 'valid'),
    kernel('Conv2DBackpropInput', { dy: tf.ones([2, 6, 5, 3]), filter: filters(b) }, { ...SAME, ...FEWER, dimRoundingMode: 'floor', inputShape: [2, 6, 5, 2] }),
  ]],
  DepthwiseConv2dNative: [[OF_IMAGES, OF_FILTERS], (a, b) => [
    tf.depthwiseConv2d(images(a), filters(b), 1, 'valid'),
    tf.depthwiseConv2d(images(a), filters(b), 2, 'same'),
    tf.depthwiseConv2d(images(a), filters(b), 1, 'same', 'NHWC', [2, 1]),
  ]],
  DepthwiseConv2dNativeBackpropFilter: [[OF_IMAGES], (a) => kernel('DepthwiseConv2dNativeBackpropFilter', { x: images(a), dy: slopes(6) }, { ...SAME, filterShape: [3, 2, 2, 3] })],
  DepthwiseConv2dNativeBackpropInput: [[OF_FILTERS], (b) => kernel('DepthwiseConv2dNativeBackpropInput', { dy: slopes(6), filter: filters(b) }, { ...SAME, inputShape: [2, 6, 5, 2] })],
  FusedBatchNorm: [[OF_IMAGES], (a) => [
    tf.batchNorm(images(a), tf.tensor1d([0.5, -1]), tf.tensor1d([2, 0.25])),
    tf.batchNorm(images(a), tf.tensor1d([0.5, -1]), tf.tensor1d([2, 0.25]), tf.tensor1d([1, 2]), tf.tensor1d([3, -2]), 0.1),
  ]],
  FusedConv2D: [[OF_IMAGES, OF_FILTERS], (a, b) => (['linear', 'relu', 'elu', 'relu6', 'sigmoid', 'leakyrelu'] as const).map((activation) =>
    tf.fused.conv2d({ x: images(a), filter: filters(b), strides: 1, pad: 'same', bias: tf.tensor1d([1, -2, 0.5]), activation, leakyreluAlpha: 0.3 }))],
  FusedDepthwiseConv2D: [[OF_IMAGES, OF_FILTERS], (a, b) => (['linear', 'relu', 'sigmoid'] as const).map((activation) =>
    tf.fused.depthwiseConv2d({ x: images(a), filter: filters(b), strides: 2, pad: 'same', bias: tf.range(-3, 3), activation }))],
  MaxPool: [POOL, (a) => [tf.maxPool(images(a), 2, 2, 'valid'), tf.maxPool(images(a), [3, 2], [2, 1], 'same'), tf.maxPool(images(tf.relu(a)), 3, 1, 'same')]],
  MaxPoolGrad: [POOL, (a) => [a, tf.relu(a)].map((x) =>
    kernel('MaxPoolGrad', { dy: slopes(2), input: images(x), output: tf.maxPool(images(x), [3, 2], 2, 'same') }, SAME))],
}
