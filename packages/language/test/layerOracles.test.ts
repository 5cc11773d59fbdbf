import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile, valueAndGrad } from '@variate/compile'
import { key, NdArray } from '@variate/core'
import { constant, mul, reshape, stack, sum } from '@variate/core/ops'
import {
  activation,
  conv2d,
  convTranspose2d,
  gru,
  layerNorm,
  type ActivationName,
  type AnyNetwork,
} from '@variate/language'
import { checkLeaks } from './leaks.ts'
import oracle from './oracles/networks.json' with { type: 'json' }

checkLeaks()

type Params = Readonly<Record<string, Tensor>>
type Arrays = Readonly<Record<string, NdArray<Float64Array>>>
type Listed = { readonly shape: readonly number[]; readonly data: readonly number[] }

const LAYERS: Readonly<Record<keyof typeof oracle.layers, AnyNetwork>> = {
  conv2d: conv2d([5, 4, 2], 3, { kernel: [3, 2], strides: [2, 1], padding: 1 }),
  'dilated conv2d': conv2d([5, 6, 1], 2, { kernel: [2, 3], dilations: 2 }),
  convTranspose2d: convTranspose2d([3, 2, 2], 3, { strides: 2, padding: 1, outputSize: [6, 3] }),
  layerNorm: layerNorm([3, 4]),
  'layerNorm of the last axis': layerNorm([3, 4], { axes: 1 }),
  gru: gru([4, 2], 3, { sequence: true }),
  'reversed gru': gru([4, 2], 3, { sequence: true, reverse: true }),
}

const arrayOf = ({ shape, data }: Listed): NdArray<Float64Array> =>
  new NdArray(Float64Array.from(data), shape)
const arraysOf = (all: Readonly<Record<string, Listed>>): Arrays =>
  Object.fromEntries(Object.entries(all).map(([name, x]) => [name, arrayOf(x)]))

function expectNear(got: NdArray, expected: Listed, digits = 11): void {
  expect(got.shape).toEqual(expected.shape)
  for (const [i, value] of expected.data.entries()) expect(got.data[i]).toBeCloseTo(value, digits)
}

/** Σ w·y, for weights 1, 2, 3, … of its numbers. */
function weighted(y: Tensor): Tensor {
  const weights = constant(Float64Array.from({ length: y.size }, (_, i) => i + 1))
  return sum(mul(y, reshape(weights, y.shape)))
}

/** The weighted sum of what a network gives, of its parameters and x by name. */
function valueOf(network: AnyNetwork): (all: Params) => Tensor {
  return (all) => weighted(network.apply(all as never, all['x']!))
}

/** The gradient of a function of tensors by name, in float64. */
function slopesOf(f: (all: Params) => Tensor, at: Arrays): Arrays {
  const names = Object.keys(at)
  const named = (xs: readonly Tensor[]): Params => Object.fromEntries(names.map((name, i) => [name, xs[i]!]))
  const slopes = compile(
    (all: Params) => {
      const { grads } = valueAndGrad((...xs: Tensor[]) => f(named(xs)))(...names.map((name) => all[name]!))
      return named(grads as readonly Tensor[])
    },
    { precision: 'float64' },
  )
  return slopes(at as never) as unknown as Arrays
}

const NAMES = Object.keys(LAYERS) as (keyof typeof LAYERS)[]

test.each(NAMES)('%s gives what PyTorch gives, and begins with parameters of such shapes', (name) => {
  const network = LAYERS[name]
  const known = oracle.layers[name]
  expect(network.input).toEqual(known.x.shape)
  expect(network.output).toEqual(known.y.shape)
  const params = arraysOf(known.params)
  const begun = network.init(key(0)) as unknown as Arrays
  expect(Object.keys(begun)).toEqual(Object.keys(params))
  for (const [part, { shape }] of Object.entries(params)) expect(begun[part]!.shape).toEqual(shape)
  const f = compile((p: Params, x: Tensor) => network.apply(p as never, x), { precision: 'float64' })
  expectNear(f(params as never, arrayOf(known.x)), known.y)
})

test.each(NAMES)('the gradients of %s are those of PyTorch', (name) => {
  const { x, params, gradients } = oracle.layers[name]
  const got = slopesOf(valueOf(LAYERS[name]), { ...arraysOf(params), x: arrayOf(x) })
  expect(Object.keys(got).toSorted()).toEqual(Object.keys(gradients).toSorted())
  for (const [part, expected] of Object.entries(gradients)) expectNear(got[part]!, expected, 9)
})

test.each(NAMES)('the gradients of %s are those of finite differences', (name) => {
  const { x, params } = oracle.layers[name]
  const at = { ...arraysOf(params), x: arrayOf(x) }
  const value = compile(valueOf(LAYERS[name]), { precision: 'float64' })
  const got = slopesOf(valueOf(LAYERS[name]), at)
  for (const [part, { data, shape }] of Object.entries(at)) {
    const moved = (by: number): number => {
      const other = Float64Array.from(data, (entry, i) => entry + (i === 0 ? by : 0))
      return value({ ...at, [part]: new NdArray(other, shape) } as never).data[0]!
    }
    expect(got[part]!.data[0]).toBeCloseTo((moved(1e-5) - moved(-1e-5)) / 2e-5, 5)
  }
})

test.each(NAMES)('%s takes any axes in front, and no element sees the others', (name) => {
  const network = LAYERS[name]
  const { x, params } = oracle.layers[name]
  const run = compile(
    (p: Params, own: Tensor) => {
      const single = network.apply(p as never, own)
      const tripled = network.apply(p as never, mul(3, own))
      const both = stack([stack([own]), stack([mul(3, own)])])
      return { apart: stack([stack([single]), stack([tripled])]), together: network.apply(p as never, both) }
    },
    { precision: 'float64' },
  )
  const { apart, together } = run(arraysOf(params) as never, arrayOf(x)) as unknown as Arrays
  expect(together!.shape).toEqual([2, 1, ...network.output])
  expectNear(together!, { shape: apart!.shape, data: [...apart!.data] })
})

test.each(Object.entries(oracle.activations.y))('%s is the activation of PyTorch', (name, expected) => {
  const layer = activation([expected.length], name as ActivationName)
  const f = compile((x: Tensor) => layer.apply({}, x), { precision: 'float64' })
  const { data } = f(Float64Array.from(oracle.activations.x))
  for (const [i, value] of expected.entries()) expect(data[i]).toBeCloseTo(value, 11)
})
