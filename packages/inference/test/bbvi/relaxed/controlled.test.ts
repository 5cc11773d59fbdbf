import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, valueAndGrad } from '@variate/compile'
import { NdArray } from '@variate/core'
import {
  add,
  cast,
  drawGumbel,
  greater,
  mul,
  splitKey,
  stopGradient,
  sub,
  sum,
  type AnyKey,
} from '@variate/core/ops'
import type { Distribution } from '@variate/distributions'
import { rebar, relax } from '@variate/estimators'
import { expect, test } from 'vitest'
import { estimates, keysOf, number, numbers, ofKey, type Numbers, type Parameters } from './gradientsOf.ts'
import { mixed, signs } from './subjects.ts'

/** The draws that are made of the first of two keys. */
function drawn({ parameters }: Distribution, key: AnyKey): Tensor {
  const [one, other] = splitKey(splitKey(key)[0]!) as [AnyKey, AnyKey]
  const logits = parameters['logits'] as Tensor
  const logistic = sub(drawGumbel(one, logits.shape), drawGumbel(other, logits.shape))
  return cast(greater(add(logits, logistic), 0), 'int32')
}

test('with scale 0 it is the score function at the same draws', () => {
  const { of, at } = signs()
  const { gradients } = estimates(of, rebar({ tune: false, scale: 0 }))(at, 50)
  const score = compile(
    (keys: Tensor, data: never, m: Tensor, logits: Tensor) =>
      batch((key: Tensor) => {
        const problem = of.problem(data)
        const parameters = { model: { m }, guide: { 'z.logits': logits } }
        const sample = problem.draw(parameters, key, { z: drawn })
        return valueAndGrad((ownM: Tensor, own: Tensor) => {
          const now = { model: { m: ownM }, guide: { 'z.logits': own } }
          const { z, x } = problem.logP(now, sample) as Record<'z' | 'x', Tensor>
          const logQ = sum(problem.logQ(now, sample)['z']!)
          const logP = add(sum(z), sum(x))
          return add(logP, mul(logQ, stopGradient(sub(logP, logQ))))
        })(m, logits).grads
      })(keys),
    { precision: 'float64' },
  ) as unknown as (...args: unknown[]) => readonly [NdArray, NdArray]
  const [ofM, ofLogits] = score(keysOf(0, 50), of.values, at.model['m'], at.guide['z.logits'])
  expect(distance(gradients.model['m'] as NdArray, ofM)).toBeLessThan(1e-11)
  expect(distance(gradients.guide['z.logits'] as NdArray, ofLogits)).toBeLessThan(1e-11)
})

function distance({ data }: NdArray, expected: NdArray): number {
  return Array.from(data).reduce((most, x, i) => Math.max(most, Math.abs(x - expected.data[i]!)), 0)
}

const network = { innerBias: numbers(0.1, -0.3), outer: numbers(0.7, -0.4) }

// The first sum of Adam is the gradient.
test.each([
  ['rebar', rebar({ temperature: 0.7, scale: 0.8 }), () => signs(), {}],
  ['rebar in a mixed model', rebar({ temperature: 0.7, scale: 0.8 }), mixed, {}],
  ['relax', relax({ temperature: 0.7, scale: 0.8, surrogate: { hidden: 2 } }), signs, network],
])('%s: what tunes it is the gradient of the squared gradient', (_, estimator, makeCase, more) => {
  const { of, at } = makeCase()
  const run = estimates(of, estimator)
  const start = estimator.init(of.structure, 'test') as Numbers
  const state = { ...start, tuned: { ...(start['tuned'] as Numbers), ...more } } as Numbers
  const tuned = state['tuned'] as Record<string, NdArray<Float64Array>>
  const { first } = ofKey(run(at, 1, state).state)['optimizer'] as { first: Record<string, NdArray> }
  for (const [name, { data, shape }] of Object.entries(tuned))
    for (let i = 0; i < data.length; i++) {
      const [high, low] = [1e-5, -1e-5].map((by) => {
        const moved = new NdArray(
          data.map((x, j) => (i === j ? x + by : x)),
          shape,
        )
        return squares(run(at, 1, { ...state, tuned: { ...tuned, [name]: moved } }).gradients)
      }) as [number, number]
      const slope = (high - low) / 2e-5
      expect(Math.abs(first[name]!.data[i]! - slope), name).toBeLessThan(1e-6 * (1 + Math.abs(slope)))
    }
})

function squares({ model, guide }: Parameters): number {
  return [model, guide]
    .flatMap((tree) => Object.values(tree) as readonly NdArray[])
    .reduce((total, { data }) => total + Array.from(data).reduce((sumOf, x) => sumOf + x * x, 0), 0)
}

test('what is not tuned is kept, and what is moves', () => {
  const { of, at } = signs()
  const still = estimates(of, rebar({ tune: false, temperature: 0.3 }))(at, 1)
  expect(Object.keys(still.state)).toEqual(['tuned'])
  expect(ofKey(still.state)['tuned']).toEqual({ logTemperature: number(Math.log(0.3)), scale: number(1) })
  const moved = ofKey(estimates(of, rebar({ rate: 0.1 }))(at, 1).state)['tuned'] as Numbers
  const { logTemperature, scale } = moved as Record<string, NdArray>
  // Adam's first step has the length of the rate.
  expect(Math.abs(logTemperature!.data[0]! - Math.log(0.5))).toBeCloseTo(0.1, 6)
  expect(Math.abs(scale!.data[0]! - 1)).toBeCloseTo(0.1, 6)
})
