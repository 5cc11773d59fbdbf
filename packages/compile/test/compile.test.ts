import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ndarray } from '@variate/core'
import { cholesky, lgamma, where } from '@variate/core/ops'
import { compile, grad } from '../src/index.ts'
import { doubled, halved } from './inJavaScript.ts'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const data = (x: tf.Tensor): number[] => {
  const values = Array.from(x.dataSync())
  x.dispose()
  return values
}

describe('structure', () => {
  test('records and tuples of tensors and plain data are given and returned', () => {
    const f = compile(({ a, rest }: { a: tf.Tensor; rest: readonly [tf.Tensor, tf.Tensor] }, n: number) => ({
      sum: tf.add(a, rest[0]),
      list: [tf.mul(rest[1], n), n] as const,
    }))
    const { sum, list } = f(
      { a: Float32Array.of(1, 2), rest: [ndarray(Int32Array.of(3, 4)), Float64Array.of(5, 6)] },
      10,
    )
    expect(data(sum)).toEqual([4, 6])
    expect(data(list[0])).toEqual([50, 60])
    expect(list[1]).toBe(10)
  })

  test('what is no array, number or text is refused by its place', () => {
    const f = compile((x: { a: unknown }) => x)
    expect(() => f({ a: new Map() })).toThrow('an argument[0].a is a Map')
    expect(() => f({ a: () => 0 })).toThrow('an argument[0].a is a function')
  })
})

describe('programs', () => {
  test('one is kept for each combination of shapes, types and static arguments, and the least recently used is dropped', () => {
    let traced = 0
    const f = compile((x: tf.Tensor, power: number) => (traced++, tf.pow(x, power)), { cacheSize: 2 })
    const call = (length: number, power: number) => data(f(new Float32Array(length).fill(2), power))
    expect(call(1, 2)).toEqual([4])
    expect(call(1, 2)).toEqual([4])
    expect(traced).toBe(1)
    expect(call(2, 2)).toEqual([4, 4])
    expect(call(1, 3)).toEqual([8])
    expect(traced).toBe(3)
    call(1, 2)
    expect(traced).toBe(4)
    call(1, 3)
    call(2, 2)
    call(1, 3)
    expect(traced).toBe(5)
  })

  test('static arguments are told apart by type and sign', () => {
    const f = compile(
      (x: tf.Tensor, y: unknown) => [x, `${typeof y} ${Object.is(y, -0) ? '-0' : y}`] as const,
    )
    const told = [0, -0, 5, '5', 'number 5', null, 'null', undefined, 'undefined', true, 'true', NaN]
    for (const y of told) {
      const [x, got] = f(Float32Array.of(1), y)
      x.dispose()
      expect(got).toBe(`${typeof y} ${Object.is(y, -0) ? '-0' : y}`)
    }
  })

  test('unsigned whole numbers that no int32 holds are refused', () => {
    const f = compile((x: tf.Tensor) => tf.add(x, x))
    const given = (x: number) => Uint32Array.of(1, x) as unknown as Int32Array
    expect(data(f(given(2 ** 30)))).toEqual([2, -(2 ** 31)])
    expect(() => f(given(2 ** 31))).toThrow('at most 2³¹ − 1, got 2147483648')
  })

  test('float64 arrays that the function returns keep their digits in float64', () => {
    const f = compile(() => Float64Array.of(0.1) as unknown as tf.Tensor, {
      precision: 'float64',
    })
    expect(f().data[0]).toBe(0.1)
  })

  test('large arrays are computed in loops, with the numbers of eager ops', () => {
    const f = compile((x: tf.Tensor) => tf.sum(tf.square(x)))
    expect(data(f(new Float32Array(400_000).fill(1)))).toEqual([400_000])
    expect(f.explain()).toMatchObject({ engine: 'wasm', called: [] })
    const wide = compile((x: tf.Tensor) => tf.sum(tf.square(x)), { precision: 'float64' })
    expect(wide(new Float64Array(400_000).fill(0.1)).data[0]).toBeCloseTo(4000, 9)
    const eager = compile((x: tf.Tensor) => tf.sum(x), { precision: 'float64', engine: 'eager' })
    expect(() => eager(new Float64Array(1))).toThrow('float64 is for the wasm engine')
  })

  test('programs of very many operations run eagerly in float32, and say so', () => {
    const many = (x: tf.Tensor) => {
      let y = x
      for (let i = 0; i < 25_001; i++) y = tf.sqrt(tf.add(y, i))
      return y
    }
    const f = compile(many)
    const reason = expect.stringMatching(/^\d+ operations are more than the 50000 that are compiled/)
    expect(data(f(Float32Array.of(1)))[0]).toBeCloseTo(Math.sqrt(25_000 + 158.6), 0)
    expect(f.explain()).toMatchObject({ engine: 'eager', reason })
    expect(() => compile(many, { precision: 'float64' })(Float64Array.of(1))).toThrow('use loop()')
  })

  test('equal operations are one, and constants are folded', () => {
    const f = compile((x: tf.Tensor) => tf.add(tf.mul(tf.exp(x), tf.exp(tf.scalar(0))), tf.exp(x)))
    expect(data(f(Float32Array.of(0)))).toEqual([2])
    expect(f.explain().needed).toBe(3) // x, exp(x), their sum
  })

  test('what has no instructions is called, with the numbers of eager ops', () => {
    const f = compile((x: tf.Tensor) => [doubled(x), halved(x)])
    expect(f(Float32Array.of(2.5, -1)).map(data)).toEqual([
      [5, -2],
      [1.25, -0.5],
    ])
    expect(f.explain().called.toSorted()).toEqual(['drawDoubled', 'halved'])
  })

  test('kernels that are called compute in float64 where the program does', () => {
    const f = compile((x: tf.Tensor) => cholesky(tf.reshape(x, [1, 1])), { precision: 'float64' })
    expect(f(Float64Array.of(2)).data[0]).toBe(Math.SQRT2)
  })

  test('empty tensors and scalars', () => {
    const f = compile((x: tf.Tensor) => [tf.sum(x), tf.exp(x)])
    expect(f(new Float32Array(0)).map(data)).toEqual([[0], []])
    expect(f(ndarray(Float32Array.of(1), [])).map((x) => [x.shape, data(x)])).toEqual([
      [[], [1]],
      [[], [Math.fround(Math.E)]],
    ])
  })
})

describe('what cannot be traced', () => {
  test('a value that is read is told of', () => {
    const f = compile((x: tf.Tensor) => (x.dataSync()[0]! > 0 ? x : tf.neg(x)))
    expect(() => f(Float32Array.of(1))).toThrow('Use where(condition, a, b)')
  })

  test('a variable that is captured is named', () => {
    const w = tf.tidy(() => tf.variable(tf.scalar(2), true, 'weight'))
    const f = compile((x: tf.Tensor) => tf.mul(x, w))
    expect(() => f(Float32Array.of(1))).toThrow("the variable 'weight' is read inside the function")
    w.dispose()
  })

  test('a kernel of TensorFlow.js that is not traced is named', () => {
    const f = compile((x: tf.Tensor) => tf.topk(x as tf.Tensor1D, 1).values)
    expect(() => f(Float32Array.of(1))).toThrow('TopK')
  })

  test('the backend is what it was after an error', () => {
    const backend = tf.getBackend()
    const f = compile((x: tf.Tensor) => {
      if (x.rank > 0) throw new Error('mine')
      return x
    })
    expect(() => f(Float32Array.of(1))).toThrow('mine')
    expect(tf.getBackend()).toBe(backend)
    expect(data(tf.exp(0))).toEqual([1])
  })

  test.each([0, -1, 1.5, NaN])('a cacheSize of %d is refused', (cacheSize) => {
    expect(() => compile((x: tf.Tensor) => x, { cacheSize })).toThrow(
      `cacheSize must be a whole number ≥ 1, got ${cacheSize}`,
    )
  })
})

test('tensors that were computed before are constants of the program', () => {
  const two = tf.scalar(2)
  const f = compile((x: tf.Tensor) => tf.mul(x, two))
  expect(data(f(Float32Array.of(3)))).toEqual([6])
  two.dispose()
  expect(data(f(Float32Array.of(4)))).toEqual([8])
})

test('tensors that share their data keep their own shapes', () => {
  const row = tf.tensor1d([1, 2, 3, 4])
  const matrix = tf.reshape(row, [2, 2])
  // [1, 2, 3, 4] + [[1, 2], [3, 4]]·[1, 1] in either order, which gives [3, 7].
  const inOrder = compile((x: tf.Tensor) => [tf.add(row, x), tf.sum(tf.mul(matrix, x), 1)])
  const reversed = compile((x: tf.Tensor) => [tf.sum(tf.mul(matrix, x), 1), tf.add(row, x)])
  const one = ndarray(Float32Array.of(1), [1])
  expect(inOrder(one).map((x) => [x.shape, data(x)])).toEqual([
    [[4], [2, 3, 4, 5]],
    [[2], [3, 7]],
  ])
  expect(reversed(one).map((x) => [x.shape, data(x)])).toEqual([
    [[2], [3, 7]],
    [[4], [2, 3, 4, 5]],
  ])
  expect(
    data(compile((x: tf.Tensor) => tf.matMul(matrix, x))(ndarray(Float32Array.of(1, 1), [2, 1]))),
  ).toEqual([3, 7])
  for (const x of [row, matrix]) x.dispose()
})

test('a variable is refused where its value was captured before, too', () => {
  const [value, w] = tf.tidy(() => {
    const two = tf.keep(tf.scalar(2))
    return [two, tf.variable(two, true, 'shared')] as const
  })
  const f = compile((x: tf.Tensor) => tf.mul(tf.mul(x, value), w))
  expect(() => f(Float32Array.of(1))).toThrow("the variable 'shared' is read inside the function")
  for (const x of [value, w]) x.dispose()
})

test('500 functions compiled and dropped leave no tensors', () => {
  for (let i = 0; i < 500; i++) {
    const f = compile((x: tf.Tensor) => where(tf.greater(x, i), x, tf.neg(x)))
    expect(data(f(Float32Array.of(i)))).toEqual([-i])
  }
})

test('a user’s tf.grad inside is traced as it stands', () => {
  const f = compile((x: tf.Tensor) => grad((y: tf.Tensor) => tf.sum(tf.mul(y, lgamma(y))))(x), {
    precision: 'float64',
  })
  // (x·log Γ(x))′ = log Γ(x) + x·ψ(x), at 1: −γ (DLMF 5.4.12).
  expect(f(Float64Array.of(1)).data[0]).toBeCloseTo(-0.5772156649015329, 14)
})
