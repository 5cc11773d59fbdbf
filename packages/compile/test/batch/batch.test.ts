import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import { DomainError, ndarray, ShapeError, UnsupportedError, type NdArray } from '@variate/core'
import * as ops from '@variate/core/ops'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { batch, compile, grad } from '../../src/index.ts'
import { trace } from '../../src/trace/trace.ts'
import { needed } from '../../src/engine/needed.ts'
import { difference, looped, type Op } from './looped.ts'

let tensors: number
beforeEach(() => void (tensors = tf.memory().numTensors))
// oxlint-disable-next-line vitest/no-standalone-expect
afterEach(() => expect(tf.memory().numTensors, 'tensors left').toBe(tensors))

const floats = (...numbers: number[]): tf.Tensor => tf.tensor1d(numbers)
const within = (f: () => void): void => tf.tidy(() => void f())

describe('arguments and results', () => {
  test('are records and tuples, of which axes name some', () => {
    within(() => {
      const f = batch(
        (x: { a: tf.Tensor; rest: readonly [tf.Tensor, tf.Tensor] }, n: number) => ({
          sum: ops.add(x.a, x.rest[0]),
          list: [ops.mul(x.rest[1], n), n] as const,
        }),
        { axes: [{ a: 1, rest: [null] }] },
      )
      const a = tf.tensor2d([[1, 2], [3, 4]]) // prettier-ignore
      const { sum, list } = f({ a, rest: [tf.scalar(10), floats(5, 6)] }, 3)
      expect(sum.arraySync()).toEqual([[11, 13], [12, 14]]) // prettier-ignore
      expect(list[0].arraySync()).toEqual([15, 18])
      expect(list[1]).toBe(3)
    })
  })

  test('one axis stands for all of them, counted from the end if negative', () => {
    within(() => {
      const a = tf.tensor2d([[1, 2, 3], [4, 5, 6]]) // prettier-ignore
      const sums = (axes: number) => batch((x: tf.Tensor) => ops.sum(x), { axes })(a).arraySync()
      expect(sums(1)).toEqual([5, 7, 9])
      expect(sums(-1)).toEqual([5, 7, 9])
      expect(sums(-2)).toEqual([6, 15])
    })
  })

  test('results that depend on no element are the same for each, and those that are arguments are tensors of their own', () => {
    const x = floats(1, 2)
    const [same, shared, twice] = batch((y: tf.Tensor) => [y, ops.constant([3]), y] as const)(x)
    expect([same, shared, twice].map((y) => y.arraySync())).toEqual([
      [1, 2],
      [[3], [3]],
      [1, 2],
    ])
    tf.dispose([x, same, shared, twice])
  })

  test('nothing need be mapped where the size is given', () => {
    within(() => {
      expect(batch(() => ops.constant(2), { size: 3 })().arraySync()).toEqual([2, 2, 2])
      const f = batch((x: tf.Tensor) => ops.mul(x, 2), { axes: null, size: 2 })
      expect(f(tf.scalar(1)).arraySync()).toEqual([2, 2])
      expect(batch((x: tf.Tensor) => ops.mul(x, 2), { size: 2 })(floats(1, 2)).arraySync()).toEqual([2, 4])
    })
  })

  test('plain data stand for tensors where the function takes them', () => {
    within(() => {
      const f = batch((x: Float32Array, y: NdArray) => tf.add(x as never, y as never))
      expect(f(Float32Array.of(1, 2), ndarray(Float32Array.of(3, 4))).arraySync()).toEqual([4, 6])
    })
  })

  test('a function of TensorFlow.js is one of core, compiled or not', () => {
    within(() => {
      const f: Op = (x, y) =>
        tf.softmax(tf.add(tf.squeeze(tf.stridedSlice(x!, [0, 1], [2, 3], [1, 1])), tf.cumprod(y!)))
      const given = [tf.randomUniform([3, 2, 3]), tf.randomUniform([3, 2])]
      const truth = looped(f, [0, 0], 3)(...given)
      expect(difference(batch(f)(...given), truth)).toBeUndefined()
      expect(difference(compile(batch(f))(...given), truth)).toBeUndefined()
    })
  })
})

describe('what is computed', () => {
  /** The operations that a function of inputs of these shapes needs. */
  const opsOf = (f: Op, ...shapes: number[][]): string[] => {
    const specs = shapes.map((shape) => ({ shape, dtype: 'float32' as const }))
    const { outputs } = trace(specs, (xs) => [f(...xs)])
    return needed(outputs).map(({ op, shape }) => `${op} [${shape}]`)
  }

  test('products of a matrix with vectors are one product', () => {
    const f = batch(ops.matVec, { axes: [null, 0] }) as Op
    const nodes = opsOf(f, [4, 3], [5, 3])
    expect(nodes.filter((node) => node.startsWith('matMul'))).toEqual(['matMul [5,4]'])
    expect(nodes.some((node) => node.startsWith('tile'))).toBe(false)
  })

  test('so are those of a layer of a network, and its gradient', () => {
    const layer = (W: tf.Tensor, b: tf.Tensor, x: tf.Tensor) => ops.affine(W, x, b)
    const f = batch(layer, { axes: [null, null, 0] }) as Op
    expect(opsOf(f, [4, 3], [4], [5, 3])).toEqual(
      expect.arrayContaining(['matMul [5,4]', 'add [5,4]']), // the weights are used as they are
    )
    const slope = grad((W: tf.Tensor, b: tf.Tensor, x: tf.Tensor) => ops.sum(ops.tanh(f(W, b, x)))) as Op
    const products = opsOf(slope, [4, 3], [4], [5, 3]).filter((node) => node.startsWith('matMul'))
    expect(products.filter((node) => node !== 'matMul [5,4]')).toEqual(['matMul [4,3]'])
  })

  test('what depends on no element is computed once', () => {
    const f = batch((w: tf.Tensor, x: tf.Tensor) => ops.mul(ops.exp(w), x), { axes: [null, 0] }) as Op
    expect(opsOf(f, [2], [3, 2])).toEqual(['input [2]', 'input [3,2]', 'exp [2]', 'mul [3,2]'])
  })

  test('constants keep their digits in float64', () => {
    const f = batch((x: tf.Tensor) => ops.add(ops.mul(x, 0.1), ops.constant([0.2, 0.3])))
    const { data } = compile(f, { precision: 'float64' })(ndarray(Float64Array.of(1, 1), [2]))
    expect(Array.from(data)).toEqual([0.1 + 0.2, 0.1 + 0.3, 0.1 + 0.2, 0.1 + 0.3])
  })

  test('indices out of range are told of, and reach no neighbour', () => {
    within(() => {
      const x = tf.tensor2d([[1, 2], [3, 4], [5, 6]]) // prettier-ignore
      const indices = (...numbers: number[]) => tf.tensor1d(numbers, 'int32')
      const f = batch((row: tf.Tensor, i: tf.Tensor) => ops.gather(row, i))
      expect(f(x, indices(0, 1, 0)).arraySync()).toEqual([1, 4, 5])
      for (const wrong of [-1, 2]) {
        for (const i of [0, 1, 2]) {
          const given = indices(...[0, 0, 0].with(i, wrong))
          expect(() => f(x, given)).toThrow(DomainError)
          expect(() => compile(f)(x, given)).toThrow(/^gather: indices must be/)
        }
      }
    })
  })
})

describe('what a function captures', () => {
  test('all elements share, and gradients pass through it', () => {
    within(() => {
      const xs = floats(1, 2, 3)
      const f = (w: tf.Tensor) => ops.sum(batch((x: tf.Tensor) => ops.mul(w, ops.square(x)))(xs))
      for (const slope of [tf.grad(f), grad(f), compile(grad(f)), compile((w: tf.Tensor) => tf.grad(f)(w))]) {
        expect(slope(tf.scalar(2)).arraySync()).toBe(14)
      }
    })
  })

  test('a variable has the value that it has when it is called, and its gradient', () => {
    const w = tf.tidy(() => tf.variable(tf.scalar(2), true, 'weight of batch'))
    within(() => {
      const f = batch((x: tf.Tensor) => ops.mul(w, x))
      const { grads } = tf.variableGrads(() => ops.sum(f(floats(1, 2))) as tf.Scalar, [w])
      expect(grads['weight of batch']!.arraySync()).toBe(3)
      w.assign(tf.scalar(5))
      expect(f(floats(1, 2)).arraySync()).toEqual([5, 10])
      expect(() => compile(f)(floats(1, 2))).toThrow("the variable 'weight of batch' is read")
    })
    w.dispose()
  })

  test('tensors that share their data are not the same to a gradient', () => {
    within(() => {
      // (x·y)′ in y at y = x is x, of which the gradient is 1.
      const f = (x: tf.Tensor) =>
        ops.sum(
          grad((y: tf.Tensor) => ops.sum(batch((z: tf.Tensor) => ops.mul(ops.mul(x, y), z))(floats(1, 2))))(
            x,
          ),
        )
      expect(grad(f)(tf.scalar(5)).arraySync()).toBe(3)
      expect(compile(grad(f))(tf.scalar(5)).arraySync()).toBe(3)
    })
  })

  test('what is gone is told of', () => {
    within(() => {
      const gone = tf.scalar(1)
      gone.dispose()
      let leaked: tf.Tensor | undefined
      batch((x: tf.Tensor) => (leaked = ops.mul(x, 2)))(floats(1))
      for (const x of [gone, leaked!]) {
        const call = () => batch((y: tf.Tensor) => ops.add(x, y))(floats(1, 2))
        expect(call).toThrow(DomainError)
        expect(call).toThrow('batch: the function captures a tensor of shape [] that is disposed')
      }
    })
  })
})

describe('with gradients', () => {
  const f = (x: tf.Tensor) => ops.sum(ops.mul(ops.exp(x), ops.sin(x)))
  const x = ndarray(Float64Array.of(0.1, 0.2, 0.3, 0.4, 0.5, 0.6), [3, 2])
  /** (eˣ·sin x)′, (eˣ·sin x)″. */
  const first = Array.from(x.data, (y) => Math.exp(y) * (Math.sin(y) + Math.cos(y)))
  const second = Array.from(x.data, (y) => 2 * Math.exp(y) * Math.cos(y))
  const wide = { precision: 'float64' } as const
  /** How far numbers are at most from what they should be. */
  const gap = ({ data }: NdArray, wanted: readonly number[]) =>
    Math.max(...wanted.map((y, i) => Math.abs(data[i]! - y)))

  test('those of a batch, batches of them, and the second of either are those of each element', () => {
    const ofBatch = grad((y: tf.Tensor) => ops.sum(batch(f)(y)))
    expect(gap(compile(ofBatch, wide)(x), first)).toBeLessThan(1e-13)
    expect(gap(compile(batch(grad(f)), wide)(x), first)).toBeLessThan(1e-13)
    expect(gap(compile(batch(grad((y: tf.Tensor) => ops.sum(grad(f)(y)))), wide)(x), second)).toBeLessThan(
      1e-13,
    )
    expect(
      gap(
        compile(
          grad((y: tf.Tensor) => ops.sum(ofBatch(y))),
          wide,
        )(x),
        second,
      ),
    ).toBeLessThan(1e-13)
    expect(
      gap(
        compile(
          grad((y: tf.Tensor) => ops.sum(batch(grad(f))(y))),
          wide,
        )(x),
        second,
      ),
    ).toBeLessThan(1e-13)
  })

  test('a row of the Hessian for each element is what a batch over directions gives', () => {
    const g = (y: tf.Tensor) => ops.exp(ops.sum(ops.mul(y, ops.constant([1, 2]))))
    const hessian = (y: tf.Tensor) =>
      batch((v: tf.Tensor) => grad((z: tf.Tensor) => ops.sum(ops.mul(grad(g)(z), v)))(y))(ops.eye(2))
    const e = Math.exp(0.5)
    const got = compile(hessian, wide)(Float64Array.of(0.1, 0.2))
    expect(gap(got, [e, 2 * e, 2 * e, 4 * e])).toBeLessThan(1e-13)
  })

  test('without a trace, and with those of TensorFlow.js', () => {
    within(() => {
      const given = tf.tensor(Array.from(x.data), [3, 2])
      const truths = [first, second].map((numbers) => tf.tensor(numbers, [3, 2]))
      const sums = (g: Op) => (y: tf.Tensor) => ops.sum(g(y))
      for (const slope of [grad, tf.grad as typeof grad]) {
        const ofBatch = slope(sums(batch(f) as Op))
        expect(difference(ofBatch(given), truths[0]!)).toBeUndefined()
        expect(difference(batch(slope(f))(given), truths[0]!)).toBeUndefined()
        expect(difference(slope(sums(ofBatch as Op))(given), truths[1]!)).toBeUndefined()
        expect(difference(compile(ofBatch)(given), truths[0]!)).toBeUndefined()
        expect(difference(compile(batch(slope(f)))(given), truths[0]!)).toBeUndefined()
        expect(difference(slope(sums(batch(slope(f)) as Op))(given), truths[1]!)).toBeUndefined()
      }
    })
  })

  test('of no element are those of nothing', () => {
    const none = ndarray(new Float64Array(0), [0, 2])
    const w = ndarray(Float64Array.of(3, 4))
    const g = (y: tf.Tensor, v: tf.Tensor) => ops.sum(batch((z: tf.Tensor) => ops.sum(ops.mul(z, v)))(y))
    expect(compile(grad(g), wide)(none, w)).toEqual(ndarray(new Float64Array(0), [0, 2]))
    const inShared = grad((v: tf.Tensor, y: tf.Tensor) => g(y, v))
    expect(Array.from(compile(inShared, wide)(w, none).data)).toEqual([0, 0])
  })
})

describe('nested in other ways', () => {
  test('compiled functions are part of a batch, and batches of compiled functions', () => {
    within(() => {
      const square = compile((x: tf.Tensor) => ops.square(x))
      const f = batch((x: tf.Tensor) => ops.add(square(x), 1))
      expect(f(floats(1, 2)).arraySync()).toEqual([2, 5])
      const g = compile((x: tf.Tensor) => ops.sum(f(x)))
      expect(g(floats(1, 2)).arraySync()).toBe(7)
      expect(grad((x: tf.Tensor) => ops.sum(f(x)))(floats(1, 2)).arraySync()).toEqual([2, 4])
    })
  })

  test('an inner batch captures elements of the outer one: all pairs', () => {
    within(() => {
      const pairs = (a: tf.Tensor, b: tf.Tensor) =>
        batch((x: tf.Tensor) => batch((y: tf.Tensor) => ops.sub(x, y))(b))(a)
      const truth = [[-2, -3], [-1, -2], [0, -1]] // prettier-ignore
      expect(pairs(floats(1, 2, 3), floats(3, 4)).arraySync()).toEqual(truth)
      expect(compile(pairs)(floats(1, 2, 3), floats(3, 4)).arraySync()).toEqual(truth)
    })
  })

  test('the backend and the tape are what they were after an error', () => {
    within(() => {
      const backend = tf.getBackend()
      const failing = batch((x: tf.Tensor) => {
        if (x.rank === 0) throw new Error('mine')
        return x
      })
      expect(() => failing(floats(1))).toThrow('mine')
      expect(tf.getBackend()).toBe(backend)
      const slope = tf.grad((x: tf.Tensor) => {
        expect(() => failing(x)).toThrow('mine')
        return ops.sum(ops.square(x))
      })
      expect(slope(floats(3)).arraySync()).toEqual([6])
    })
  })
})

describe('what is refused', () => {
  const f = (...xs: tf.Tensor[]) => ops.add(xs[0]!, xs.at(-1)!)
  const of =
    (options: object, ...shapes: number[][]) =>
    () =>
      tf.tidy(() => batch(f, options)(...shapes.map((shape) => tf.zeros(shape))))

  test.each([
    ['lengths that differ', {}, [[3, 2], [4, 2]], 'argument[0] has length 3 along axis 0, argument[1] has length 4 along axis 0: map axes of equal length, or set axes to null'],
    ['lengths along other axes', { axes: [0, -1] }, [[3, 2], [3, 2]], 'argument[0] has length 3 along axis 0, argument[1] has length 2 along axis 1'],
    ['a size that is another', { size: 5 }, [[3], [3]], 'size is 5, argument[0] has length 3 along axis 0'],
    ['an axis that there is not', { axes: [0, 2] }, [[3], [3, 4]], 'axis 2 of argument[1] is mapped, which has shape [3,4], with axes 0 … 1'],
    ['an axis before the first', { axes: -2 }, [[3], [3, 4]], 'axis -2 of argument[0] is mapped, which has shape [3]'],
    ['an axis of a scalar', {}, [[3], []], 'axis 0 of argument[1] is mapped, which is a scalar: set its axes to null if all elements share it'],
  ] as const)('%s', (_, options, shapes, message) => {
    const call = of(options, ...shapes.map((shape) => [...shape]))
    expect(call).toThrow(ShapeError)
    expect(call).toThrow(`batch: ${message}`)
  }) // prettier-ignore

  test.each([
    ['nothing that is mapped', { axes: null }, 'no argument is mapped: give size, or the axis of an argument'],
    ['axes that are no whole numbers', { axes: [0, 0.5] }, 'axes of argument[1] must be a whole number or null: got 0.5'],
    ['axes that are no numbers', { axes: 'a' }, 'axes of argument must be a whole number or null, or be like it, with [0], [1]: got "a"'],
    ['axes of too many arguments', { axes: [0, 0, 0] }, 'axes of argument must be a whole number or null, or be like it, with [0], [1]: got [0,0,0]'],
    ['axes of parts that a tensor has not', { axes: [{ a: 0 }] }, 'axes of argument[0] must be a whole number or null: got {"a":0}'],
  ])('%s', (_, options, message) => {
    const call = of(options, [3], [3])
    expect(call).toThrow(DomainError)
    expect(call).toThrow(`batch: ${message}`)
  }) // prettier-ignore

  test('axes with names that are not those of a record', () => {
    const g = batch((x: { a: tf.Tensor }) => x.a, { axes: [{ b: 0 } as never] })
    expect(() => tf.tidy(() => g({ a: tf.zeros([2]) }))).toThrow(
      'batch: axes of argument[0] must be a whole number or null, or be like it, with .a: got {"b":0}',
    )
  })

  test.each([-1, 1.5, NaN])('a size of %d', (size) => {
    expect(() => batch(f, { size })).toThrow(`batch: size must be a whole number ≥ 0, got ${size}`)
    expect(() => batch(f, { size })).toThrow(DomainError)
  })

  test('results and arguments that are no tensors', () => {
    const returning = (value: unknown) => () => tf.tidy(() => void batch(() => value, { size: 2 })())
    for (const [value, told] of [
      [undefined, 'undefined'],
      [{ a: 1 }, '{"a":1}'],
      [[], '[]'],
    ] as const) {
      // prettier-ignore
      expect(returning(value)).toThrow(UnsupportedError)
      expect(returning(value)).toThrow(`batch: the function returned ${told}, which holds no tensor: return`)
    }
    expect(returning(Promise.resolve())).toThrow('batch: the result is a Promise: ')
    expect(returning({ f: () => 0 })).toThrow('batch: the result.f is a function')
    const taking = batch((x: { a: unknown }) => x.a)
    expect(() => taking({ a: new Map() })).toThrow('batch: argument[0].a is a Map: pass tensors')
  })

  test('values that are read', () => {
    const read = batch((x: tf.Tensor) => (x.dataSync()[0]! > 0 ? x : ops.neg(x)))
    expect(() => tf.tidy(() => read(floats(1)))).toThrow('Use where(condition, a, b)')
  })
})

test('the type of a batch is that of the function', () => {
  within(() => {
    const f = batch((x: tf.Tensor, y: { a: tf.Tensor }) => ({ sum: ops.add(x, y.a) }), {
      axes: [0, { a: null }],
    })
    const typed: (x: tf.Tensor, y: { a: tf.Tensor }) => { sum: tf.Tensor } = f
    expect(typed(floats(1, 2), { a: tf.scalar(1) }).sum.arraySync()).toEqual([2, 3])
    // @ts-expect-error the second argument holds no b
    batch((x: tf.Tensor, y: { a: tf.Tensor }) => ops.add(x, y.a), { axes: [0, { b: null }] })
    // @ts-expect-error there is no third argument
    batch((x: tf.Tensor, y: tf.Tensor) => ops.add(x, y), { axes: [0, 0, 0] })
  })
})
