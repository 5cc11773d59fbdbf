import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, expectTypeOf, test } from 'vitest'
import { compile, loop, runLoop, valueAndGrad } from '@variate/compile'
import { add, constant, drawNormal, fill, square, sub, sum } from '@variate/core/ops'
import { key } from '@variate/core'
import {
  adam,
  adamW,
  applyUpdates,
  averaged,
  clipByGlobalNorm,
  clipByValue,
  finalParams,
  momentum,
  rmsProp,
  schedules,
  sgd,
  skipNonFinite,
  type AdamState,
  type AveragedState,
  type Optimizer,
} from '@variate/inference'

/** The updates of one step from 0, in float32 compiled, in float64 compiled, and eagerly. */
function updatesOf(optimizer: Optimizer, gradients: readonly (readonly number[])[]): readonly number[][] {
  const updates = (...grads: tf.Tensor[]): tf.Tensor[] => {
    const params = grads.map((g) => fill(g.shape, 0))
    return [...optimizer.update(grads as readonly tf.Tensor[], optimizer.init(params), params).updates]
  }
  const run = compile as unknown as (
    f: typeof updates,
    options?: object,
  ) => (...grads: unknown[]) => (tf.Tensor | { readonly data: Float64Array })[]
  const numbers = (tensors: readonly (tf.Tensor | { readonly data: Float64Array })[]): number[] =>
    tensors.flatMap((x) => [...(x instanceof tf.Tensor ? x.dataSync() : x.data)])
  return tf.tidy(() => {
    const tensors = gradients.map((row) => tf.tensor1d([...row]))
    const precise = run(updates, { precision: 'float64' })(...gradients.map((row) => Float64Array.from(row)))
    return [numbers(precise), numbers(run(updates)(...tensors)), numbers(updates(...tensors))]
  })
}

test('the global norm is that of all gradients, and is kept where it is short enough', () => {
  for (const got of updatesOf(clipByGlobalNorm(2.5, sgd(1)), [[3], [0, 4]]))
    expect(got.map((x) => Math.round(x * 1e5) / 1e5)).toEqual([-1.5, -0, -2])
  for (const got of updatesOf(clipByGlobalNorm(5, sgd(1)), [[3], [0, 4]])) expect(got).toEqual([-3, -0, -4])
  for (const got of updatesOf(clipByGlobalNorm(5, sgd(1)), [[0], [0, 0]])) expect(got).toEqual([-0, -0, -0])
})

test('gradients whose squares overflow or underflow in float32 are clipped by their true norm', () => {
  for (const got of updatesOf(clipByGlobalNorm(5, sgd(1)), [[3e30], [0, 4e30]]))
    expect(got.map((x) => Math.round(x * 1e5) / 1e5)).toEqual([-3, -0, -4])
  for (const got of updatesOf(clipByGlobalNorm(5e-30, sgd(1)), [[3e-29], [0, 4e-29]]))
    expect(got.map((x) => Math.round(x * 1e35))).toEqual([-3e5, -0, -4e5])
})

test('gradients that are not finite go through, for skipNonFinite to see on either side', () => {
  for (const bad of [NaN, Infinity, -Infinity]) {
    for (const got of updatesOf(clipByGlobalNorm(1, sgd(1)), [[3], [0, bad]])) {
      expect(got.slice(0, 2)).toEqual([-3, -0])
      expect(got[2]).toBe(-bad)
    }
    for (const optimizer of [
      skipNonFinite(clipByGlobalNorm(1, sgd(1))),
      clipByGlobalNorm(1, skipNonFinite(sgd(1))),
    ])
      for (const got of updatesOf(optimizer, [[3], [0, bad]])) expect(got).toEqual([0, 0, 0])
  }
})

test('entries are clipped to both limits', () => {
  for (const got of updatesOf(clipByValue(2, sgd(1)), [[-7, 2, 1], [7]])) expect(got).toEqual([2, -2, -1, -2])
})

test('a step whose squares overflow is left out as well, and the state stays', () => {
  tf.tidy(() => {
    const optimizer = skipNonFinite(adam({ rate: 0.1 }))
    const params = { w: constant([1, 2]) }
    let state = optimizer.init(params)
    const counts: number[][] = []
    for (const g of [1, 1e30, NaN, 1, 1e30]) {
      const next = optimizer.update({ w: constant([g, 1]) }, state, params)
      expect([...next.updates.w.dataSync()].every(Number.isFinite)).toBe(true)
      ;({ state } = next)
      counts.push([state.skipped, state.inARow, state.inner.count].map((x) => x.dataSync()[0]!))
    }
    expect(counts).toEqual([
      [0, 0, 1],
      [1, 1, 1],
      [2, 2, 1],
      [2, 0, 2],
      [3, 1, 2],
    ])
    expect([...state.inner.second[0]!.dataSync()].every(Number.isFinite)).toBe(true)
  })
})

test('a state that begins infinite does not stop it', () => {
  const best: Optimizer<readonly [tf.Tensor]> = {
    init: () => [constant(Infinity)],
    update: (grads, state) => ({ updates: grads, state }),
  }
  for (const got of updatesOf(skipNonFinite(best), [[3]])) expect(got).toEqual([3])
})

const noisy = averaged(
  clipByGlobalNorm(10, skipNonFinite(sgd(schedules.robbinsMonro({ forgetting: 0.7 })))),
  {
    kind: 'polyak',
    from: 100,
  },
)

test('wrappers go into each other and into a loop, and averages come nearer to the optimum', async () => {
  const begin = compile((params: tf.Tensor) => ({ params, state: noisy.init(params) }), {
    precision: 'float64',
  })
  const { state } = await runLoop(
    ({ params, state }, { key }) => {
      const gradient = add(sub(params, constant([1, 2])), drawNormal(key, [2]))
      const next = noisy.update(gradient, state, params)
      return { params: applyUpdates(params, next.updates), state: next.state }
    },
    { state: begin(Float64Array.of(5, -3)), count: 20_000, random: key(7), precision: 'float64' },
  )
  expect(state.state.count.data[0]).toBe(20_000)
  const final = compile(noisy.final<tf.Tensor>, { precision: 'float64' })
  const report = final(state.params, state.state).data
  // The mean of n noisy gradients has a standard deviation of 1 / √n, whatever the rates (Polyak and Juditsky).
  for (const [i, x] of [1, 2].entries()) expect(Math.abs(report[i]! - x)).toBeLessThan(4 / Math.sqrt(19_900))
})

test('a loop in a program does the same as steps without a compiler', () => {
  const optimizer = averaged(rmsProp({ rate: 0.1, centered: true, momentum: 0.5 }), {
    kind: 'ema',
    decay: 0.5,
  })
  const loss = (x: tf.Tensor): tf.Tensor => sum(square(sub(x, 3)))
  const fit = compile((x: tf.Tensor) => {
    const { state } = loop(
      (now) => {
        const next = optimizer.update(valueAndGrad(loss)(now.params).grads[0], now.state, now.params)
        return { params: applyUpdates(now.params, next.updates), state: next.state }
      },
      { state: { params: x, state: optimizer.init(x) }, count: 40 },
    )
    return optimizer.final(state.params, state.state)
  })
  tf.tidy(() => {
    const start = constant([0, 10])
    const compiled = fit(start).dataSync()
    let [params, state] = [start, optimizer.init(start)]
    for (let t = 0; t < 40; t++) {
      const next = optimizer.update(valueAndGrad(loss)(params).grads[0], state, params)
      params = applyUpdates(params, next.updates)
      ;({ state } = next)
    }
    const eager = finalParams(optimizer, params, state).dataSync()
    for (const [i, x] of eager.entries()) expect(Math.abs(compiled[i]! - x)).toBeLessThan(1e-5)
  })
})

test('parameters are reported as they are by optimisers that average nothing, and before there is an average', () => {
  tf.tidy(() => {
    const params = { w: constant([1]) }
    const plain = sgd(1)
    expect(finalParams(plain, params, plain.init(params))).toBe(params)
    const late = clipByValue(1, averaged(sgd(1), { kind: 'ema', from: 3 }))
    const { state } = late.update(params, late.init(params), params)
    expect(finalParams(late, params, state).w.arraySync()).toEqual([1])
    const inside = skipNonFinite(averaged(sgd(1), { kind: 'polyak' }))
    const next = inside.update(params, inside.init(params), params)
    expect(finalParams(inside, params, next.state).w.arraySync()).toEqual([0])
  })
})

test('weights decay by the names of parameters, of what holds them, or by a test of their paths', () => {
  tf.tidy(() => {
    const one = constant([1])
    const params = {
      net: [
        { w: one, b: one },
        { w: one, b: one },
      ],
      scale: one,
    }
    const grads = {
      net: [
        { w: constant([0]), b: constant([0]) },
        { w: constant([0]), b: constant([0]) },
      ],
      scale: constant([0]),
    }
    const decays = (decayed?: readonly string[] | ((path: string) => boolean)): number[] => {
      const { init, update } = adamW({ rate: 0.5, weightDecay: 0.5, ...(decayed && { decayed }) })
      const { net, scale } = update(grads, init(params), params).updates
      return [...net.flatMap(({ w, b }) => [w, b]), scale].map((x) => x.dataSync()[0]! + 0)
    }
    expect(decays()).toEqual([-0.25, -0.25, -0.25, -0.25, -0.25])
    expect(decays(['net.0', 'scale'])).toEqual([-0.25, -0.25, 0, 0, -0.25])
    expect(decays(['net.1.w'])).toEqual([0, 0, -0.25, 0, 0])
    expect(decays((path) => path.endsWith('.w'))).toEqual([-0.25, 0, -0.25, 0, 0])
    expect(decays([])).toEqual([0, 0, 0, 0, 0])
    expect(() => decays(['ne'])).toThrow(
      'adamW: decayed: there is no parameter "ne", but "net.0.w", "net.0.b", "net.1.w", "net.1.b", "scale"',
    )
  })
})

test('bad input is told of', () => {
  expect(() => momentum(0)).toThrow('momentum: rate must be a number > 0, or a function of the step, got 0')
  expect(() => momentum(1, { decay: 1 })).toThrow('momentum: decay must be in [0, 1), got 1')
  expect(() => adamW({ beta2: -1 })).toThrow('adamW: beta2 must be in [0, 1), got -1')
  expect(() => adamW({ weightDecay: -1 })).toThrow('adamW: weightDecay must be ≥ 0, got -1')
  expect(() => rmsProp({ momentum: NaN })).toThrow('rmsProp: momentum must be in [0, 1), got NaN')
  expect(() => clipByGlobalNorm(0, sgd(1))).toThrow('clipByGlobalNorm: norm must be > 0, got 0')
  expect(() => clipByValue(-1, sgd(1))).toThrow('clipByValue: limit must be > 0, got -1')
  // @ts-expect-error Type 'number' is not assignable to type 'Optimizer'
  expect(() => clipByValue(1, 0.1)).toThrow('clipByValue: optimizer must have init and update, got 0.1')
  // @ts-expect-error Property 'init' is missing
  expect(() => skipNonFinite({})).toThrow('skipNonFinite: optimizer must have init and update, got {}')
  expect(() => averaged(sgd(1), { kind: 'ema', decay: 1 })).toThrow(
    'averaged: decay must be in [0, 1), got 1',
  )
  expect(() => averaged(sgd(1), { kind: 'ema', from: 0.5 })).toThrow(
    'averaged: from must be a whole number ≥ 0, got 0.5',
  )
  // @ts-expect-error 'decay' does not exist
  expect(() => averaged(sgd(1), { kind: 'polyak', decay: 0.9 })).toThrow(
    'averaged: the mean of all steps has no decay, got 0.9: take kind "ema"',
  )
  // @ts-expect-error '"mean"' is not assignable to type '"polyak" | "ema"'
  expect(() => averaged(sgd(1), { kind: 'mean' })).toThrow(
    'averaged: kind must be "polyak" or "ema", got "mean"',
  )
})

test.each([
  ['momentum', momentum(1)],
  ['adamW', adamW()],
  ['rmsProp', rmsProp()],
  ['clipByGlobalNorm', clipByGlobalNorm(1, sgd(1))],
  ['clipByValue', clipByValue(1, sgd(1))],
  ['skipNonFinite', skipNonFinite(sgd(1))],
] as const)('%s names gradients of another structure', (name, optimizer: Optimizer) => {
  tf.tidy(() => {
    const params = { w: constant([1, 2]), b: constant(0) }
    const state = optimizer.init(params)
    expect(() => optimizer.update({ w: constant(1), b: constant(0) }, state, params)).toThrow(
      `${name}: grads.w: expected a tensor of shape [2], got shape []`,
    )
    expect(() => optimizer.update({ w: constant([1, 2]) } as never, state, params)).toThrow(
      `${name}: grads: "b" is missing`,
    )
  })
})

test('the state of another optimiser is told of', () => {
  tf.tidy(() => {
    const params = { w: constant([1, 2]) }
    expect(() => momentum(1).update(params, sgd(1).init(params) as never, params)).toThrow(
      'momentum: state.velocity: "0" is missing',
    )
    expect(() => rmsProp().update(params, rmsProp().init({ w: constant(1) }), params)).toThrow(
      'rmsProp: state.squares.0: expected a tensor of shape [2], got shape []',
    )
  })
})

test('states are typed', () => {
  const optimizer = averaged(adam(), { kind: 'ema' })
  expectTypeOf(optimizer.init).returns.toEqualTypeOf<AveragedState<AdamState>>()
  expectTypeOf(clipByValue(1, momentum(1)).init).returns.toHaveProperty('velocity')
})

test('steps are counted in whole numbers, which rates are given, past those that float32 has', () => {
  tf.tidy(() => {
    const given: string[] = []
    const optimizer = rmsProp({
      rate: (step) => {
        given.push(step.dtype)
        return constant(1)
      },
    })
    const params = { w: constant([1, 2]) }
    const late = { ...optimizer.init(params), count: constant(2 ** 24, 'int32') }
    expect(optimizer.update(params, late, params).state.count.dataSync()[0]).toBe(2 ** 24 + 1)
    expect(given).toEqual(['int32'])
  })
})
