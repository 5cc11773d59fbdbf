import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, expectTypeOf, test } from 'vitest'
import { compile } from '@variate/compile'
import { DomainError, key, ShapeError, type NdArray } from '@variate/core'
import { bernoulli, normal } from '@variate/distributions'
import {
  activation,
  conv2d,
  convTranspose2d,
  dense,
  dropout,
  flatten,
  glorotUniform,
  gru,
  layerNorm,
  mlp,
  model,
  reshape,
  residual,
  sequential,
  type AnyNetwork,
  type DenseParams,
  type LayerNormParams,
} from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

function applied(network: AnyNetwork, params: unknown, x: NdArray | Float64Array): NdArray {
  const f = compile((p: never, at: Tensor) => network.apply(p, at), { precision: 'float64' })
  return f(params as never, x)
}

test('a sequence of dense layers is the perceptron of the same parameters', () => {
  const chain = sequential([dense(3, 4, { activation: 'tanh' }), dense(4, 2)])
  const params = chain.init(key(0))
  const x = Float64Array.of(0.5, -1, 2)
  const expected = applied(mlp([3, 4, 2], { activation: 'tanh' }), params, x)
  expect([...applied(chain, params, x).data]).toEqual([...expected.data])
})

test('layers of a sequence begin with different weights, and are made of the shape that comes before them', () => {
  const chain = sequential([dense(4, 4), dense(4, 4), layerNorm, (shape) => activation(shape, 'gelu')])
  const [first, second, norm, none] = chain.init(key(1))
  expect([...first.weights.data]).not.toEqual([...second.weights.data])
  expectTypeOf(first).toEqualTypeOf<DenseParams>()
  expectTypeOf(norm).toEqualTypeOf<LayerNormParams>()
  expect(norm.scale.shape).toEqual([4])
  expect(none).toEqual({})
})

test('images go through convolutions to numbers and back', () => {
  const encoder = sequential([conv2d([4, 4, 1], 2, { strides: 2, padding: 'same' }), flatten, dense(8, 2)])
  const decoder = sequential([
    dense(2, 8),
    (shape) => reshape(shape, [2, 2, 2]),
    convTranspose2d([2, 2, 2], 1, { strides: 2, padding: 'same' }),
  ])
  expect([encoder.output, decoder.output]).toEqual([[2], [4, 4, 1]])
  const vae = model('vae')
    .network('decoder', decoder)
    .plate('image', 'n', (i) =>
      i.latent('z', normal([0, 0], 1)).observed('x', ({ z, decoder: f }) => bernoulli({ logits: f(z) })),
    )
  return vae
    .sample({ seed: 0, given: { decoder: decoder.init(key(2)) }, sizes: { n: 3 } })
    .then(({ x }) => expect(x.shape).toEqual([3, 4, 4, 1]))
})

test('a residual block adds its body to what it takes, or to what its skip gives', () => {
  const body = mlp([2, 3, 2])
  const block = residual(body)
  const params = block.init(key(3))
  const x = Float64Array.of(0.3, -2)
  const expected = applied(body, params.body, x)
  const got = applied(block, params, x)
  for (const i of [0, 1]) expect(got.data[i]).toBeCloseTo(expected.data[i]! + x[i]!, 12)
  const wide = residual(mlp([2, 3]), { skip: dense(2, 3) })
  const both = wide.init(key(4))
  const [a, b] = [applied(mlp([2, 3]), both.body, x), applied(dense(2, 3), both.skip, x)]
  const sum = applied(wide, both, x)
  for (const i of [0, 1, 2]) expect(sum.data[i]).toBeCloseTo(a.data[i]! + b.data[i]!, 12)
})

test('a recurrent network that gives its last state gives that of the sequence', () => {
  const [last, all] = [gru([4, 2], 3), gru([4, 2], 3, { sequence: true })]
  const params = last.init(key(5))
  const x = Float64Array.from({ length: 8 }, (_, i) => Math.sin(i))
  const f = (network: AnyNetwork): NdArray =>
    applied(sequential([(reshape([8], [4, 2])), network]), [{}, params], x) // prettier-ignore
  expect(f(last).data).toEqual(f(all).data.slice(-3))
  const backward = gru([4, 2], 3, { sequence: true, reverse: true })
  expect(f(gru([4, 2], 3, { reverse: true })).data).toEqual(f(backward).data.slice(0, 3))
})

const relu = 'rleu' as never
const BAD: readonly (readonly [
  what: string,
  make: () => unknown,
  kind: typeof DomainError | typeof ShapeError,
  message: string,
])[] = [
  ['no layers', () => sequential([]), DomainError, 'sequential: there must be at least one layer'],
  ['a first layer without a shape', () => sequential([flatten]), DomainError, 'sequential: the first layer must be a network'],
  ['layers that do not fit', () => sequential([conv2d([4, 4, 1], 2), dense(8, 2)]), ShapeError, 'sequential: layer 1 takes [8], layer 0 gives [2,2,2]: make them equal, or put flatten'],
  ['a layer that cannot be made', () => sequential([dense(2, 3), (shape) => reshape(shape, [2])]), ShapeError, 'layer 1: reshape: [3] has 3 numbers, [2] has 2'],
  ['images without channels', () => conv2d([4, 4], 2), DomainError, 'conv2d: images must be of shape [height, width, channels], got [4,4]'],
  ['half a channel', () => conv2d([4, 4, 1], 0.5), DomainError, 'conv2d: channels must be a whole number ≥ 1, got 0.5'],
  ['a kernel of three numbers', () => conv2d([4, 4, 1], 2, { kernel: [1, 2, 3] as never }), DomainError, 'conv2d: kernel must be a whole number ≥ 1'],
  ['a filter larger than the images', () => conv2d([2, 2, 1], 2), ShapeError, 'conv2d'],
  ['an initialiser of another shape', () => conv2d([4, 4, 1], 2, { init: (k, outs, ins) => glorotUniform(k, outs, ins) }).init(key(0)), ShapeError, 'conv2d: init gave shape [2,1], expected [outputs, area · inputs], here [2, 9]'],
  ['an outputSize that there is not', () => convTranspose2d([2, 2, 1], 2, { strides: 2, outputSize: [9, 9] }), ShapeError, 'convTranspose2d: outputSize'],
  ['an unknown activation', () => dense(2, 3, { activation: relu }), DomainError, 'dense: there is no activation "rleu": expected a function, or one of linear, relu,'],
  ['a shape with a 0', () => activation([0], 'relu'), DomainError, 'activation: shape must be a list of whole numbers ≥ 1, got [0]'],
  ['a rate of 1', () => dropout([2], 1), DomainError, 'dropout: the rate must be from 0 to below 1, got 1'],
  ['a rate that is none', () => dropout([2], Number.NaN), DomainError, 'dropout: the rate must be from 0 to below 1, got NaN'],
  ['more axes than there are', () => layerNorm([2], { axes: 2 }), DomainError, 'layerNorm: axes must be a whole number 1 … 1, of the last of [2], got 2'],
  ['an ε of 0', () => layerNorm([2], { epsilon: 0 }), DomainError, 'layerNorm: epsilon must be > 0, got 0'],
  ['a body of another shape', () => residual(dense(2, 3)), ShapeError, 'residual: the body takes [2] and gives [3]: give a skip'],
  ['a skip of another shape', () => residual(dense(2, 3), { skip: dense(2, 4) }), ShapeError, 'residual: the body gives [3], the skip [4]: they are added'],
  ['a skip that takes another', () => residual(dense(2, 3), { skip: dense(4, 3) }), ShapeError, 'residual: the body takes [2], the skip [4]'],
  ['a sequence without steps', () => gru([3], 2), DomainError, 'gru: sequences must be of shape [length, inputs], got [3]'],
  ['no units', () => gru([3, 1], 0), DomainError, 'gru: units must be a whole number ≥ 1, got 0'],
] // prettier-ignore

test.each(BAD)('%s: refused', (_, make, kind, message) => {
  expect(make).toThrow(kind)
  expect(make).toThrow(message)
})

test('what does not fit a layer of a network is told with site, plate, network and layer', async () => {
  const f = sequential([dense(2, 3), residual(sequential([dense(3, 3), (shape) => layerNorm(shape)]))])
  const wrong = model('wrong')
    .network('f', f)
    .plate('point', 'n', (i) => i.input('u').observed('x', ({ u, f: own }) => normal(own(u), 1)))
  const at = (u: number[][]): Promise<number> =>
    wrong.logJoint({ f: f.init(key(0)), u, x: u.map(() => [0, 0, 0]) })
  await expect(at([[1, 2, 3]])).rejects.toThrow(
    'site "x" (plate "point"): network "f": layer 0: dense: the layer takes 2 numbers, got shape [3]',
  )
  const shorter: AnyNetwork = {
    input: [2],
    output: [3],
    init: () => ({}),
    apply: (_, x) => x,
  }
  const g = sequential([shorter, residual(layerNorm([3]))])
  const inner = model('inner')
    .network('g', g)
    .input('u')
    .observed('x', ({ u, g: own }) => normal(own(u), 1))
  await expect(inner.logJoint({ g: g.init(key(0)), u: [1, 2], x: [0, 0] })).rejects.toThrow(
    'site "x": network "g": layer 1: body: layerNorm: the layer takes [3], got shape [2]',
  )
})
