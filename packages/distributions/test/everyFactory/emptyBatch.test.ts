import '@tensorflow/tfjs-backend-cpu'
import { cast, grad, tensor, zeros, type Tensor } from '@tensorflow/tfjs-core'
import { DomainError, key } from '@variate/core'
import { sum } from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import type { ExponentialFamily } from '../../src/index.ts'
import { factories, make, type Argument } from './factories.ts'

/** Whatever a distribution may have that the laws of this file ask for. */
type Any = ReturnType<typeof make> &
  Partial<ExponentialFamily<Any>> & { readonly covarianceMatrix?: () => Tensor }

describe.each(factories)('%s of an empty batch', (name, args) => {
  const one = make(name, args) as Any
  const value = one.sample(key(0))
  const { eventShape } = one
  const from = args.filter(({ isPlain }) => !isPlain)

  // All parameters empty, and each alone; as tensors and as plain data.
  const kinds = [undefined, ...from].flatMap((only) =>
    [true, false].map(
      (isTensor) =>
        [only?.name ?? 'every parameter', isTensor ? 'a tensor' : 'data', only, isTensor] as const,
    ),
  )

  test.each(kinds)('by %s, %s, has results of length 0', (_, __, only, isTensor) => {
    const empty = (argument: Argument): unknown => {
      if (argument.isPlain || (only && argument !== only)) return argument.value
      const shape = [0, ...tensor(argument.value as never).shape]
      return isTensor ? zeros(shape) : { data: new Float64Array(0), shape }
    }
    const d = make(name, args, empty) as Any
    expect(d.batchShape).toEqual([0])
    expect(d.eventShape).toEqual(eventShape)
    const events = [0, ...eventShape]
    expect(d.sample(key(0)).shape).toEqual(events)
    expect(d.sample(key(0), [2]).shape).toEqual([2, ...events])
    expect(d.logProb(value).shape).toEqual([0])
    expect(d.cdf?.(value).shape ?? [0]).toEqual([0])
    expect(d.survival?.(value).shape ?? [0]).toEqual([0])
    expect(d.icdf?.(0.5).shape ?? [0]).toEqual([0])
    expect(d.isf?.(0.5).shape ?? [0]).toEqual([0])
    expect(d.mean?.().shape ?? events).toEqual(events)
    expect(d.variance?.().shape ?? events).toEqual(events)
    expect(d.entropy?.().shape ?? [0]).toEqual([0])
    expect(d.covarianceMatrix?.().shape ?? []).toEqual(d.covarianceMatrix ? [...events, ...eventShape] : [])
    expect(d.enumerateSupport?.().shape.slice(1) ?? [1, ...eventShape]).toEqual([1, ...eventShape])
    expect(d.logNormalizer?.().shape ?? [0]).toEqual([0])
    expect(d.logBaseMeasure?.(value).shape ?? [0]).toEqual([0])
    expect(d.naturalParameters?.()[0]!.shape[0] ?? 0).toBe(0)
    expect(d.fit?.(tensor([[value.arraySync()], [value.arraySync()]] as never)).batchShape ?? [0]).toEqual([
      0,
    ])

    expect(grad((x) => sum(d.logProb(x)))(cast(value, 'float32')).shape).toEqual(eventShape)
    const given = Object.entries(d.parameters).filter(([, x]) => typeof x === 'object' && 'dataId' in x)
    for (const [parameter, x] of given as [string, Tensor][]) {
      const made = (x: Tensor): Any =>
        make(name, args, (other) => (other.name === parameter ? x : empty(other))) as Any
      // The probability of a straight-through draw does not depend on its temperature.
      const isMoot = name.endsWith('StraightThrough') && parameter === 'temperature'
      const slopes = [
        ...(isMoot ? [] : [grad((y) => sum(made(y).logProb(value)))(x)]),
        ...(d.reparameterized ? [grad((y) => sum(made(y).sample(key(0))))(x)] : []),
      ]
      for (const slope of slopes) expect(slope.shape).toEqual(x.shape)
    }
  })

  test('no values have no log probabilities, and nothing to fit', () => {
    expect(one.sample(key(0), [0]).shape).toEqual([0, ...eventShape])
    expect(one.logProb(zeros([0, ...eventShape])).shape).toEqual([0])
    if (!one.fit) return
    expect(() => one.fit!(zeros([0, ...eventShape]))).toThrow(DomainError)
    expect(() => one.fit!(zeros([0, ...eventShape]))).toThrow(
      `${name}.fit: there are no observations in shape [0`,
    )
  })
})
