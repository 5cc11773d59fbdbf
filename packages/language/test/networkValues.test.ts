import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { DomainError, key, NdArray, ShapeError } from '@variate/core'
import { normal } from '@variate/distributions'
import { mlp, model, type DenseParams, type NetworkParams } from '@variate/language'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const network = mlp([1, 2, 1])
const regression = model('regression')
  .network('f', network)
  .plate('point', 'n', (point) => point.input('u').observed('x', ({ u, f }) => normal(f(u), 1)))
const params = network.init(key(0))
const jointAt = (f: unknown): Promise<number> =>
  regression.logJoint({ f: f as NetworkParams, u: [[1], [2]], x: [[0], [1]] })

const BAD: readonly (readonly [
  what: string,
  params: unknown,
  kind: typeof DomainError | typeof ShapeError,
  message: string,
])[] = [
  ['more layers', mlp([1, 2, 1, 1]).init(key(0)), DomainError, 'network "f" has 3 layers, expected 2'],
  ['fewer layers', mlp([1, 1]).init(key(0)), DomainError, 'network "f" has 1 layer, expected 2'],
  ['another width in between', mlp([1, 3, 1]).init(key(0)), ShapeError, 'network "f": [0].weights has shape [3,1], expected [2,1]'],
  ['another width at the end', mlp([1, 2, 4]).init(key(0)), ShapeError, 'network "f": [1].weights has shape [4,2], expected [1,2]'],
  ['a layer without a part', [params[0], { weights: params[1]!.weights }], DomainError, 'network "f": [1] has no "bias"'],
  ['a part that there is not', [params[0], { ...params[1], scale: params[1]!.bias }], DomainError, 'network "f": [1] has "scale", expected weights, bias'],
  ['numbers for a layer', [[1, 2], [3]], DomainError, 'network "f": [0] must be a record of weights, bias, got [1,2]'],
  ['numbers for an array', [params[0], { ...params[1], bias: [0] }], DomainError, 'network "f": [1].bias must be an NdArray of shape [1], got [0]'],
  ['a number', 3, DomainError, 'network "f" must be a list of 2 layers, got 3'],
  ['text', 'weights', DomainError, 'network "f" must be a list of 2 layers, got "weights"'],
] // prettier-ignore

test.each(BAD)('%s: values given for a network are refused with their place', async (_, f, kind, message) => {
  await expect(jointAt(f)).rejects.toThrow(kind)
  await expect(jointAt(f)).rejects.toThrow(`model "regression": logJoint: ${message}`)
})

test('arrays of float64 are accepted, as those of float32', async () => {
  const wide = params.map(({ weights, bias }: DenseParams) => ({
    weights: new NdArray(Float64Array.from(weights.data), weights.shape),
    bias: new NdArray(Float64Array.from(bias.data), bias.shape),
  }))
  expect(await jointAt(wide)).toBe(await jointAt(params))
})
