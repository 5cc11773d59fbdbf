import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as tfl from '@tensorflow/tfjs-layers'
import { afterAll, beforeEach, expect, test } from 'vitest'
import { compile } from '@variate/compile'
import { DomainError, key, NdArray, UnsupportedError } from '@variate/core'
import { normal } from '@variate/distributions'
import { fromLayersModel, model, sequential, type LayersModelParams } from '@variate/language'

const { layers } = tfl
type Shape = readonly number[]

const made: tfl.LayersModel[] = []
afterAll(() => {
  for (const own of made) own.dispose()
})
beforeEach(() => tf.setBackend('cpu'))

/** Runs what leaves no tensors. */
function clean<Result>(run: () => Result): Result {
  const before = tf.memory().numTensors
  try {
    return run()
  } finally {
    expect(tf.memory().numTensors, 'tensors left').toBe(before)
  }
}

/** The default needs methods of tensors that are not registered. */
const STATE = { recurrentInitializer: 'glorotUniform' } as const

/** Numbers that have no order. */
const numbers = (count: number, from = 1): number[] =>
  Array.from({ length: count }, (_, i) => Math.sin(1.7 * (i + from) ** 1.3))

/** A model of one layer or several, with weights that are no zeros and ones. */
function modelOf(shape: Shape, ...own: tfl.layers.Layer[]): tfl.Sequential {
  const whole = tfl.sequential({ layers: [layers.inputLayer({ inputShape: [...shape] }), ...own] })
  return known(whole)
}

function known<Model extends tfl.LayersModel>(whole: Model): Model {
  made.push(whole)
  tf.tidy(() =>
    whole.setWeights(
      whole.getWeights().map((weight, at) => tf.tensor(numbers(weight.size, 7 * at + 1), weight.shape)),
    ),
  )
  return whole
}

const FEW = 3

/** What tfjs-layers predicts for a few examples, and what the network gives. */
function both(whole: tfl.LayersModel): readonly [expected: Float32Array, got: NdArray] {
  const network = clean(() => fromLayersModel(whole))
  const shape = [FEW, ...network.input]
  const x = Float32Array.from(numbers(shape.reduce((a, b) => a * b)))
  const expected = tf.tidy(() => {
    const y = whole.predict(tf.tensor(x, shape)) as tf.Tensor
    expect(y.shape).toEqual([FEW, ...network.output])
    return y.dataSync() as Float32Array
  })
  const run = compile((p: never, at: tf.Tensor) => network.apply(p, at), { precision: 'float64' })
  const got = clean(() => run(network.init(key(0)) as never, new NdArray(x, shape)))
  return [expected, got]
}

const MODELS: Readonly<Record<string, () => tfl.LayersModel>> = {
  'dense layers': () =>
    modelOf([3], layers.dense({ units: 4, activation: 'tanh' }), layers.dense({ units: 2, useBias: false })),
  'a dense layer on each row': () => modelOf([2, 3], layers.dense({ units: 4 })),
  convolutions: () =>
    modelOf(
      [6, 5, 2],
      layers.conv2d({ filters: 3, kernelSize: [3, 2], strides: [2, 1], padding: 'same', activation: 'relu' }),
      layers.conv2d({ filters: 2, kernelSize: 2, dilationRate: 2, useBias: false }),
    ),
  'transposed convolutions': () =>
    modelOf(
      [3, 2, 2],
      layers.conv2dTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 'same', activation: 'elu' }),
      layers.conv2dTranspose({ filters: 1, kernelSize: 3, strides: 2, useBias: false }),
    ),
  pools: () =>
    modelOf(
      [7, 6, 2],
      layers.zeroPadding2d({ padding: [[1, 0], [0, 2]] }),
      layers.maxPooling2d({ poolSize: 2, strides: 1 }),
      layers.averagePooling2d({ poolSize: [3, 2], padding: 'same' }),
    ),
  'the mean of an image': () => modelOf([3, 4, 2], layers.globalAveragePooling2d({})),
  'the maximum of an image': () => modelOf([3, 4, 2], layers.globalMaxPooling2d({})),
  shapes: () =>
    modelOf(
      [2, 3, 2],
      layers.permute({ dims: [3, 1, 2] }),
      layers.reshape({ targetShape: [4, 3] }),
      layers.flatten(),
    ),
  'layer normalisation': () => modelOf([2, 3], layers.layerNormalization(), layers.layerNormalization({ axis: [1, 2] })),
  'layer normalisation without parameters': () =>
    modelOf([5], layers.layerNormalization({ center: false }), layers.layerNormalization({ scale: false })),
  'activations as layers': () =>
    modelOf(
      [5],
      layers.leakyReLU({ alpha: 0.2 }),
      layers.elu(),
      layers.activation({ activation: 'hardSigmoid' }),
      layers.reLU({ maxValue: 0.6 }),
      layers.softmax(),
      layers.dropout({ rate: 0.5 }),
    ),
  'a gru': () => modelOf([4, 2], layers.gru({ ...STATE, units: 3 })),
  'a gru that goes backwards, without a bias': () =>
    modelOf([4, 2], layers.gru({ ...STATE, units: 3, goBackwards: true, useBias: false, recurrentActivation: 'sigmoid' })),
  'grus one upon the other': () =>
    modelOf([4, 2], layers.gru({ ...STATE, units: 3, returnSequences: true }), layers.gru({ ...STATE, units: 2 })),
  'a graph of layers, one of which is shared': () => {
    const input = tfl.input({ shape: [3] })
    const shared = layers.dense({ units: 3, activation: 'softplus' })
    const [once, twice] = [shared.apply(input), shared.apply(shared.apply(input))] as tfl.SymbolicTensor[]
    const all = [
      layers.add().apply([once!, twice!]),
      layers.multiply().apply([once!, twice!]),
      layers.average().apply([once!, twice!, input]),
      layers.maximum().apply([once!, twice!]),
      layers.minimum().apply([once!, input]),
    ] as tfl.SymbolicTensor[]
    const output = layers.concatenate().apply(all) as tfl.SymbolicTensor
    return known(tfl.model({ inputs: input, outputs: output }))
  },
  'a model within a model': () => {
    const inner = tfl.sequential({ layers: [layers.dense({ units: 4, inputShape: [2], activation: 'selu' })] })
    return modelOf([2], inner as never, layers.dense({ units: 1 }))
  },
} // prettier-ignore

test.each(Object.entries(MODELS))('%s give what tfjs-layers predicts', (_, make) => {
  const [expected, got] = both(make())
  expect(got.size).toBe(expected.length)
  for (const [i, value] of expected.entries()) expect(got.data[i]).toBeCloseTo(value, 5)
})

const NAMES = [
  'linear', 'relu', 'relu6', 'elu', 'selu', 'gelu', 'gelu_new', 'swish', 'mish', 'sigmoid', 'hardSigmoid',
  'softplus', 'softsign', 'softmax', 'logSoftmax', 'tanh',
] as const // prettier-ignore

test.each(NAMES)('the activation %s is that of tfjs-layers', (name) => {
  const own = modelOf([7], layers.dense({ units: 7, activation: name as never }))
  const [expected, got] = both(own)
  // tfjs has gelu by an approximation of erf that is 2e-7 off, times what goes in.
  for (const [i, value] of expected.entries()) expect(got.data[i]).toBeCloseTo(value, 5)
})

test('a network begins with the weights of the model, by the names of layers that are trained', () => {
  const own = modelOf(
    [2],
    layers.dense({ units: 3, name: 'first', trainable: false }),
    layers.dense({ units: 1, name: 'second' }),
  )
  const network = fromLayersModel(own)
  const params = network.init(key(0)) as LayersModelParams & Record<string, Record<string, NdArray>>
  expect(Object.keys(params)).toEqual(['second'])
  expect([...params['second']!['weights']!.data]).toEqual([...own.layers[2]!.getWeights()[0]!.dataSync()])
  expect(network.init(key(1))).toBe(params)
})

test('dropout of a model leaves out in training alone', () => {
  const network = fromLayersModel(modelOf([50], layers.dropout({ rate: 0.5 })))
  const run = compile(
    (k: tf.Tensor, x: tf.Tensor) => [network.apply({}, x), network.apply({}, x, { key: k, training: true })],
    { precision: 'float64' },
  )
  const [still, trained] = run(Int32Array.of(0, 1), new Float32Array(50).fill(1)) as unknown as NdArray[]
  expect([...still!.data].every((x) => x === 1)).toBe(true)
  expect(new Set(trained!.data)).toEqual(new Set([0, 2]))
})

test('a declared model takes it as any other network', async () => {
  const own = modelOf([2], layers.dense({ units: 3, activation: 'relu' }), layers.dense({ units: 1 }))
  const f = sequential([fromLayersModel(own)])
  const line = model('line')
    .network('f', f)
    .plate('point', 'n', (i) => i.input('u').observed('x', ({ u, f: g }) => normal(g(u), 1)))
  const u = [[1, 2], [-0.5, 0.3]] // prettier-ignore
  const [y] = both(own)
  expect(y).toHaveLength(FEW)
  const predicted = tf.tidy(() => [...(own.predict(tf.tensor(u)) as tf.Tensor).dataSync()])
  const logs = await line.logProb({ f: f.init(key(0)), u, x: predicted.map((value) => [value]) })
  for (const log of logs.x.data) expect(log).toBeCloseTo(-0.5 * Math.log(2 * Math.PI), 9)
})

class Doubled extends tfl.layers.Layer {
  static className = 'Doubled'
  override call(x: tf.Tensor | tf.Tensor[]): tf.Tensor {
    return tf.mul([x].flat()[0]!, 2)
  }
}

const REFUSED: readonly (readonly [string, () => tfl.LayersModel, string])[] = [
  ['batch normalisation', () => modelOf([2], layers.batchNormalization({ name: 'norm' })), 'layer "norm" (BatchNormalization): it normalises over the examples of a batch, so that the density of one would depend on which others there are: use layerNormalization'],
  ['a layer of someone else', () => modelOf([2], new Doubled({ name: 'twice' })), 'layer "twice" (Doubled): it is none of Dense, Conv2D,'],
  ['an LSTM', () => modelOf([2, 2], layers.lstm({ ...STATE, units: 1, name: 'memory' })), 'layer "memory" (LSTM): it has no counterpart here: use gru'],
  ['noise', () => modelOf([2], layers.gaussianNoise({ stddev: 1, name: 'noise' })), 'layer "noise" (GaussianNoise): it is random in its own way: use dropout'],
  ['a stateful gru', () => tfl.sequential({ layers: [layers.gru({ ...STATE, units: 1, stateful: true, batchInputShape: [1, 2, 2], name: 'r' })] }), 'layer "r" (GRU): it keeps its state from one batch to the next, so that examples depend on each other: set stateful: false'],
  ['dropout within a gru', () => modelOf([2, 2], layers.gru({ ...STATE, units: 1, dropout: 0.5 })), 'it has dropout within'],
  ['states backwards', () => modelOf([2, 2], layers.gru({ ...STATE, units: 1, returnSequences: true, goBackwards: true })), 'set goBackwards: false'],
  ['channels first', () => modelOf([2, 4, 4], layers.maxPooling2d({ dataFormat: 'channelsFirst' })), "set dataFormat: 'channelsLast'"],
  ['a length that is not known', () => modelOf([null as never, 2], layers.layerNormalization()), 'the lengths of [null, 2] are not all known'],
  ['normalisation over an inner axis', () => modelOf([2, 3], layers.layerNormalization({ axis: 1 })), 'it normalises over axes [1]: they must be the last ones'],
  ['probabilities along an inner axis', () => modelOf([2, 3], layers.softmax({ axis: 1 })), 'it must be the last'],
  ['sums of different shapes', () => {
    const input = tfl.input({ shape: [2] })
    const wide = layers.dense({ units: 1 }).apply(input) as tfl.SymbolicTensor
    return tfl.model({ inputs: input, outputs: layers.add().apply([input, wide]) as tfl.SymbolicTensor })
  }, 'it takes [2] and [1]: make them equal'],
  ['two inputs', () => {
    const inputs = [tfl.input({ shape: [2] }), tfl.input({ shape: [2] })]
    return tfl.model({ inputs, outputs: layers.add().apply(inputs) as tfl.SymbolicTensor })
  }, 'it has 2 inputs: a network has one'],
] // prettier-ignore

test.each(REFUSED)('%s: refused, with the layer and what to use', (_, make, message) => {
  const own = make()
  if (!made.includes(own)) made.push(own)
  expect(() => clean(() => fromLayersModel(own))).toThrow(UnsupportedError)
  expect(() => fromLayersModel(own)).toThrow(message)
})

test('a model that is not built is refused', () => {
  const own = tfl.sequential()
  expect(() => fromLayersModel(own)).toThrow(DomainError)
  expect(() => fromLayersModel(own)).toThrow('it is not built: give its first layer an inputShape')
})
