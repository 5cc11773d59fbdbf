import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { where, gather, pick, tril, diag, scatterAdd, splitKey, stack } from '@variate/core/ops'
import { describe, expect, test } from 'vitest'
import { truth, whole } from './numbers.ts'
import { apart, expectedOf, ran, type Plain } from './ran.ts'

type Tensor = tf.Tensor

const flags = truth([2, 3], 1, 0, 1, 0, 0, 1)
const numbers = whole([2, 3], 7, -7, 0, 2 ** 31 - 1, -(2 ** 31), 100_000)
const others = whole([2, 3], 2, 3, -5, 7, -1, 100_000)

/** Functions of truth values and whole numbers, which are moved and computed as they are. */
const CASES: Readonly<
  Record<string, readonly [f: (...xs: Tensor[]) => unknown, ...given: readonly Plain[]]>
> = {
  'truth values are moved': [
    (x) => [
      tf.transpose(x!),
      tf.reshape(x!, [3, 2]),
      tf.slice(x!, [0, 1], [2, 2]),
      tf.pad(x!, [[1, 0], [0, 1]]),
      tf.concat([x!, x!], 1),
      tf.tile(x!, [2, 1]),
      tf.gather(x!, tf.tensor1d([1, 0, 1], 'int32')),
      tf.reverse(x!, 1),
      tf.stack([x!, x!]),
    ],
    flags,
  ], // prettier-ignore
  'truth values are reduced and combined': [
    (x) => [
      tf.any(x!, 1),
      tf.all(x!, 0),
      tf.sum(x!),
      tf.logicalXor(x!, tf.reverse(x!, 0)),
      tf.logicalNot(x!),
    ],
    flags,
  ],
  'whole numbers are computed modulo 2³²': [
    (a, b) => [
      tf.add(a!, b!),
      tf.sub(a!, b!),
      tf.mul(a!, b!),
      tf.neg(a!),
      tf.abs(a!),
      tf.square(b!),
      tf.maximum(a!, b!),
      tf.minimum(a!, b!),
      tf.floorDiv(a!, b!),
      tf.mod(a!, b!),
      tf.div(a!, b!),
      tf.sign(a!),
      tf.pow(b!, tf.scalar(3, 'int32')),
      tf.mod(tf.cast(a!, 'float32'), tf.scalar(-2.5)),
    ],
    numbers,
    others,
  ],
  'whole numbers are compared and reduced': [
    (a, b) => [
      tf.equal(a!, b!),
      tf.less(a!, b!),
      tf.greaterEqual(a!, b!),
      tf.max(a!, 1),
      tf.sum(b!, 0),
      tf.cumsum(b!, 1),
      tf.argMax(b!, 1),
      tf.prod(b!, 1),
    ],
    numbers,
    others,
  ],
  'whole numbers of matrices': [
    (a, i) => [
      tril(a!),
      diag(a!),
      pick(a!, i!),
      gather(a!, i!, 1),
      scatterAdd(tf.cast(a!, 'float32'), i!, [3, 3]),
    ],
    numbers,
    whole([2], 1, 0),
  ],
  'one of two': [
    (c, a, b) => [where(c!, a!, b!), tf.where(c!, c!, tf.logicalNot(c!))],
    flags,
    numbers,
    others,
  ],
  // Runtimes make one cast of several where they think that it is the same.
  'casts one after the other': [
    (a) => {
      const x = tf.mul(tf.cast(a!, 'float32'), 0.3)
      const [flag, cut] = [tf.cast(x, 'bool'), tf.cast(x, 'int32')]
      return [
        tf.cast(flag, 'float32'),
        tf.cast(tf.cast(flag, 'int32'), 'float32'),
        tf.cast(cut, 'float32'),
        tf.cast(tf.cast(cut, 'bool'), 'float32'),
        tf.cast(tf.cast(a!, 'float32'), 'int32'),
        tf.sum(flag),
        tf.sum(cut),
      ]
    },
    numbers,
  ],
  'words of keys as numbers': [
    (key) => {
      const words = stack(splitKey(key!, 4) as Tensor[])
      return [
        tf.cast(words, 'float32'),
        tf.mul(words, 0.5),
        tf.sum(words, 1),
        tf.max(words, 0),
        tf.less(words, 0),
      ]
    },
    whole([2], 1, -2),
  ],
  'other kernels of TensorFlow.js': [
    (a) => {
      const x = tf.cast(a!, 'float32')
      return [
        tf.oneHot(tf.tensor1d([0, 2], 'int32'), 3),
        tf.softmax(x),
        tf.relu(x),
        tf.step(x),
        tf.leakyRelu(x, 0.1),
        tf.mirrorPad(x, [[0, 1], [1, 0]], 'reflect'),
        tf.round(tf.mul(x, 0.5)),
        tf.unstack(x),
        tf.einsum('ij,kj->ik', x, x),
        tf.mean(x, 0),
      ]
    },
    others,
  ], // prettier-ignore
}

describe.each(['float32', 'float64'] as const)('in %s', (precision) => {
  test.each(Object.entries(CASES))('%s', async (_, [f, ...given]) => {
    const got = await ran(f, given, precision)
    const expected = expectedOf(f, given, precision)
    expect(got.map((x, i) => apart(x, expected[i]!, 1e-6))).toEqual(expected.map(() => undefined))
  })
})
