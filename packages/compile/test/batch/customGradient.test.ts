import '@tensorflow/tfjs-backend-cpu'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'
import * as tf from '@tensorflow/tfjs-core'
import * as ops from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { batch, compile, grad, valueAndGrad } from '../../src/index.ts'
import { difference, looped, waysOf, type Op } from './looped.ts'

const own = (f: (...args: never[]) => { value: tf.Tensor; gradFunc: unknown }) =>
  tf.customGrad(f as never) as unknown as (...xs: tf.Tensor[]) => tf.Tensor

/** Functions of two vectors whose gradients are not those of their values. */
const FUNCTIONS: Readonly<Record<string, Op>> = {
  'of one input': (x, y) =>
    ops.mul(
      own((z: tf.Tensor) => ({ value: ops.floor(z), gradFunc: (dy: tf.Tensor) => dy }))(ops.mul(x!, 3)),
      y!,
    ),
  'that saves what is no other’s': (x, y) =>
    ops.mul(
      own((z: tf.Tensor, save: tf.GradSaveFunc) => {
        save([ops.exp(z)])
        return { value: ops.square(z), gradFunc: (dy: tf.Tensor, [e]: tf.Tensor[]) => ops.mul(dy, e!) }
      })(x!),
      y!,
    ),
  'of two inputs': (x, y) =>
    own((a: tf.Tensor, b: tf.Tensor, save: tf.GradSaveFunc) => {
      save([a, b])
      return {
        value: ops.mul(a, b),
        gradFunc: (dy: tf.Tensor, [c, d]: tf.Tensor[]) => [
          ops.mul(dy, ops.mul(5, d!)),
          ops.mul(dy, ops.mul(7, ops.square(c!))),
        ],
      }
    })(x!, y!),
  'whose gradient is the same for all': (x, y) =>
    ops.add(
      own((z: tf.Tensor) => ({ value: ops.exp(z), gradFunc: (dy: tf.Tensor) => ops.mul(dy, 2) }))(x!),
      y!,
    ),
  'of what depends on no element, whose gradient does': (x, y) =>
    own((z: tf.Tensor, save: tf.GradSaveFunc) => {
      save([y!])
      return { value: ops.square(z), gradFunc: (dy: tf.Tensor, [w]: tf.Tensor[]) => ops.mul(dy, w!) }
    })(x!),
  'of TensorFlow.js': (x, y) => ops.add(tf.logSigmoid(x!), tf.logSoftmax(y!)),
}

describe.each(Object.entries(FUNCTIONS))('a function with a gradient of its own %s', (_, f) => {
  const given = () => [[0.3, 1.2], [2.5, 0.7], [1.4, -0.6]] // prettier-ignore
  /** The gradients in both arguments of a sum in which no two elements count alike. */
  const slopes = (g: Op) => (a: tf.Tensor, b: tf.Tensor) => {
    const weigh = (y: tf.Tensor) =>
      ops.mul(y, ops.reshape(ops.constant(Array.from({ length: y.size }, (__, i) => i + 1)), y.shape))
    return valueAndGrad((c: tf.Tensor, d: tf.Tensor) => ops.sum(weigh(g(c, d))))(a, b).grads
  }
  const pair = (axes: readonly (number | null)[]) =>
    axes.map((axis, i) => (axis === 0 ? tf.tensor2d(given()) : tf.tensor1d(given()[i]!))) as [
      tf.Tensor,
      tf.Tensor,
    ]
  const ways = waysOf([null, 0], 2).slice(1)

  test.each(ways.map((axes) => [axes]))('has it in a batch, mapped %o', (axes) => {
    tf.tidy(() => {
      const xs = pair(axes)
      const truths = slopes(looped(f, axes, 3))(...xs)
      const b = batch(f, { axes }) as Op
      const found = {
        eager: slopes(b)(...xs),
        wasm: compile(slopes(b))(...xs),
        'compiled, by TensorFlow.js': compile(
          (x: tf.Tensor, y: tf.Tensor) =>
          tf.grads((c, d) => ops.sum(ops.mul(b(c!, d!), ops.constant([[1, 2], [3, 4], [5, 6]]))))([x, y]), // prettier-ignore
        )(...xs),
        'in two batches': slopes((x, y) => ops.reshape(batch(batch(f, { axes }), { axes: [null, null], size: 1 })(x!, y!), [3, 2]))(...xs), // prettier-ignore
      }
      expect(difference(b(...xs), looped(f, axes, 3)(...xs))).toBeUndefined()
      for (const [way, got] of Object.entries(found)) {
        for (const [i, truth] of truths.entries())
          expect(difference(got[i]!, truth), `${way}, ${i}`).toBeUndefined()
      }
    })
  })

  test.each(ways.map((axes) => [axes]))('has it in each element, mapped %o', (axes) => {
    tf.tidy(() => {
      const xs = pair(axes)
      for (const at of [0, 1]) {
        const slope: Op = (x, y) => slopes(f)(x!, y!)[at]!
        const truth = looped(slope, axes, 3)(...xs)
        expect(difference((batch(slope, { axes }) as Op)(...xs), truth)).toBeUndefined()
        expect(difference(compile(batch(slope, { axes }))(...xs), truth)).toBeUndefined()
      }
    })
  })

  test.each(ways.map((axes) => [axes]))('has it differentiated again, mapped %o', (axes) => {
    tf.tidy(() => {
      const xs = pair(axes)
      const twice = (g: Op) => slopes((x, y) => ops.add(...(slopes(g)(x!, y!).map((s) => ops.sum(ops.square(s))) as [tf.Tensor, tf.Tensor]))) // prettier-ignore
      const truths = compile(twice(looped(f, axes, 3)))(...xs)
      const got = compile(twice(batch(f, { axes }) as Op))(...xs)
      const eager = twice(batch(f, { axes }) as Op)(...xs)
      for (const [i, truth] of truths.entries()) {
        expect(difference(got[i]!, truth, 1e-5), `compiled, ${i}`).toBeUndefined()
        expect(difference(eager[i]!, truth, 1e-5), `eager, ${i}`).toBeUndefined()
      }
    })
  })
})

test('a gradient that cannot be taken is told of where it is taken', () => {
  tf.tidy(() => {
    const f = own((x: tf.Tensor) => ({ value: ops.square(x), gradFunc: () => { throw new Error('no gradient') } })) // prettier-ignore
    const b = batch((x: tf.Tensor) => f(x))
    const x = tf.tensor1d([1, 2])
    expect(compile(b)(x).arraySync()).toEqual([1, 4])
    expect(() => compile(grad((y: tf.Tensor) => ops.sum(b(y))))(x)).toThrow('no gradient')
  })
})

test('what only the gradient needs is not computed where it is not asked for', () => {
  tf.tidy(() => {
    const f = compile(batch((x: tf.Tensor) => FUNCTIONS['that saves what is no other’s']!(x, x)))
    f(tf.tensor1d([1, 2]))
    expect(f.explain().needed).toBeLessThan(8)
  })
})
