import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile, loop, valueAndGrad } from '@variate/compile'
import { add, mul, square, sub, sum } from '@variate/core/ops'
import { NdArray } from '@variate/core'
import { fewTogether } from '../../src/optimizers/fewTogether.ts'
import { leavesOf, withLeaves, type TensorTree } from '@variate/core/internal'
import {
  adagrad,
  adam,
  adamax,
  adamW,
  applyUpdates,
  averaged,
  clipByGlobalNorm,
  finalParams,
  momentum,
  rmsProp,
  sgd,
  skipNonFinite,
  type Optimizer,
} from '@variate/inference'

const OPTIMIZERS: Readonly<Record<string, Optimizer>> = {
  sgd: sgd(0.1),
  momentum: momentum(0.02, { nesterov: true }),
  adam: adam({ rate: 0.1 }),
  adamax: adamax({ rate: 0.1 }),
  adamW: adamW({ rate: 0.1 }),
  adagrad: adagrad({ rate: 0.5 }),
  rmsProp: rmsProp({ rate: 0.05 }),
  clipByGlobalNorm: clipByGlobalNorm(1, sgd(0.1)),
  averaged: averaged(adam({ rate: 0.1 }), { kind: 'polyak', from: 3 }) as never,
  skipNonFinite: skipNonFinite(adam({ rate: 0.1 })),
} as never

type Params = { readonly a: Tensor; readonly b: readonly [Tensor, Tensor] }
const START = {
  a: new NdArray(Float64Array.of(5), []),
  b: [new NdArray(Float64Array.of(1, 2, 3), [3]), new NdArray(Float64Array.of(1, -1, 0, 2, 7, -9), [2, 3])],
} as const

/** The parameters after 20 steps down a bowl that is not round. */
function after(optimizer: Optimizer) {
  const loss = valueAndGrad((a: Tensor, x: Tensor, y: Tensor) =>
    add(square(sub(a, 1)), add(sum(square(sub(x, a))), mul(3, sum(square(add(y, sum(x))))))),
  )
  const run = compile(
    (params: Params) => {
      const { state } = loop(
        ((now: { params: Params; kept: TensorTree }) => {
          const { grads } = loss(now.params.a, ...now.params.b)
          const [a, x, y] = grads
          const step = optimizer.update({ a, b: [x, y] } as never, now.kept, now.params as never)
          return { params: applyUpdates(now.params as never, step.updates), kept: step.state }
        }) as never,
        { state: { params, kept: optimizer.init(params as never) } as never, count: 20 },
      ) as unknown as { readonly state: { readonly params: Params; readonly kept: TensorTree } }
      return finalParams(optimizer, state.params as never, state.kept) as unknown as Params
    },
    { precision: 'float64' },
  )
  const { a, b } = run(START as never) as unknown as { a: NdArray; b: readonly NdArray[] }
  return [a, ...b].flatMap((x) => [...x.data])
}

test.each(Object.entries(OPTIMIZERS))(
  '%s: parameters in one vector go where they go alone',
  (_, optimizer) => {
    expect(optimizer.isElementwise).toBe(true)
    const [together, alone] = [after(fewTogether(optimizer)), after(optimizer)]
    expect(together).toHaveLength(10)
    for (const [i, x] of together.entries()) expect(x).toBeCloseTo(alone[i]!, 12)
  },
)

test('the state is of one vector where numbers are few, and one that looks at names has parameters as they are', () => {
  const together = compile((params: Params) => fewTogether(adam()).init(params as never) as never, {
    precision: 'float64',
  }) as unknown as (params: unknown) => { readonly first: readonly NdArray[] }
  expect(together(START).first.map(({ shape }) => shape)).toEqual([[10]])
  const many = { a: START.a, b: [START.b[0], new NdArray(new Float64Array(600), [2, 300])] }
  expect(together(many).first.map(({ shape }) => shape)).toEqual([[], [3], [2, 300]])
  const named = adamW({ decayed: (name) => name === 'a' })
  expect(fewTogether(named as Optimizer)).toBe(named)
})

test('parameters of no numbers stand among others, and alone', () => {
  const none = new NdArray(new Float64Array(0), [2, 0, 3])
  const both = (params: unknown): readonly (readonly [readonly number[], readonly number[]])[] => {
    const optimizer = fewTogether(adam({ rate: 0.1 }))
    const step = compile(
      (tree: Params) =>
        optimizer.update(tree as never, optimizer.init(tree as never), tree as never) as never,
      { precision: 'float64' },
    ) as unknown as (tree: unknown) => { readonly updates: Readonly<Record<string, NdArray>> }
    return Object.values(step(params).updates).map(({ shape, data }) => [shape, [...data]])
  }
  const twice = Array.from({ length: 2 }, () => [[2, 0, 3], []])
  const [first, a, last] = both({ first: none, a: new NdArray(Float64Array.of(2), [1]), last: none })
  expect([first, last]).toEqual(twice)
  expect(a![0]).toEqual([1])
  expect(a![1][0]).toBeCloseTo(-0.1, 8)
  expect(both({ a: none, b: none })).toEqual(twice)
})

test('an optimiser of a class of one’s own is called as itself', () => {
  class Halved {
    readonly isElementwise = true
    readonly inner = sgd(0.1)
    readonly share = 0.5
    init(params: TensorTree) {
      return this.inner.init(params)
    }
    update(...of: Parameters<Optimizer['update']>) {
      return this.inner.update(...(of as [never, never, never]))
    }
    final(params: TensorTree) {
      return withLeaves(
        params,
        leavesOf(params).map((x) => mul(this.share, x)),
      )
    }
  }
  const [own, plain] = [new Halved() as never as Optimizer, sgd(0.1) as never as Optimizer].map((of) =>
    after(fewTogether(of)),
  )
  for (const [i, x] of own!.entries()) expect(x).toBeCloseTo(plain![i]! / 2, 12)
  const clipped = [new Halved() as never as Optimizer, sgd(0.1) as never as Optimizer].map((of) =>
    after(fewTogether(clipByGlobalNorm(1, of))),
  )
  for (const [i, x] of clipped[0]!.entries()) expect(x).toBeCloseTo(clipped[1]![i]! / 2, 12)
})
