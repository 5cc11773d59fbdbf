import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile, loop, valueAndGrad } from '@variate/compile'
import { add, mul, square, sub, sum } from '@variate/core/ops'
import { NdArray } from '@variate/core'
import { fewTogether } from '../../src/optimizers/fewTogether.ts'
import type { TensorTree } from '@variate/core/internal'
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
