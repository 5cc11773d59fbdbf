import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { key as keyOf } from '@variate/core'
import * as ops from '@variate/core/ops'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { batch, compile, grad } from '../../src/index.ts'
import { tensorOf } from './cases.ts'
import { difference, looped, waysOf, type Op } from './looped.ts'

let tensors: number
beforeEach(() => void (tensors = tf.memory().numTensors))
// oxlint-disable-next-line vitest/no-standalone-expect
afterEach(() => expect(tf.memory().numTensors, 'tensors left').toBe(tensors))

type AnyDraw = (key: ops.AnyKey, shape: readonly number[], ...parameters: tf.Tensor[]) => tf.Tensor
const SHAPE = [2, 3]
const whole = (x: tf.Tensor, factor = 10): tf.Tensor => ops.cast(ops.mul(x, factor), 'int32')

/** Each op that draws, of parameters between 0.1 and 0.9, and how many these are. */
const DRAWS: Readonly<Record<string, readonly [draw: AnyDraw, parameters: number]>> = {
  drawBinomial: [(k, shape, n, p) => ops.drawBinomial(k, shape, whole(n!), p!), 2],
  drawGamma: [ops.drawGamma, 2],
  drawGeometric: [ops.drawGeometric, 1],
  drawGumbel: [ops.drawGumbel, 0],
  drawHypergeometric: [
    (k, shape, a, b, n) => ops.drawHypergeometric(k, shape, whole(a!, 20), whole(b!, 20), whole(n!, 4)),
    3,
  ],
  drawInverseGaussian: [ops.drawInverseGaussian, 2],
  drawLogGamma: [ops.drawLogGamma, 1],
  drawLogOdds: [ops.drawLogOdds, 2],
  drawNormal: [ops.drawNormal, 0],
  drawPoisson: [ops.drawPoisson, 1],
  drawRandint: [
    (k, shape, low, high) => ops.drawRandint(k, shape, whole(low!), ops.add(100, whole(high!))),
    2,
  ],
  drawSkewNormal: [ops.drawSkewNormal, 1],
  drawStudentT: [ops.drawStudentT, 1],
  drawTruncatedNormal: [ops.drawTruncatedNormal, 2],
  drawUniform: [ops.drawUniform, 0],
  drawVonMises: [ops.drawVonMises, 1],
}

/** Those that draw from rows of three numbers: of one row, or of a row for each draw of the last axis. */
const ROWS: Readonly<Record<string, readonly [draw: AnyDraw, ...shapes: number[][]]>> = {
  'drawCategorical of a row': [(k, shape, w) => ops.drawCategorical(k, shape, w!), [3]],
  'drawCategorical of rows': [(k, shape, w) => ops.drawCategorical(k, shape, w!), [3, 4]],
  'drawMultinomial of a row': [(k, shape, p, n) => ops.drawMultinomial(k, shape, whole(n!), p!), [3], []],
  'drawMultinomial of rows': [(k, shape, p, n) => ops.drawMultinomial(k, shape, whole(n!), p!), [2, 3], [2]],
}

interface Told {
  readonly name: string
  readonly draw: AnyDraw
  readonly shapes: readonly (readonly number[])[]
}

const CASES: readonly Told[] = [
  ...Object.entries(DRAWS).flatMap(
    ([name, [draw, count]]) =>
    [[[], [3], [2, 1]], [[2, 3], [], [1, 1]]].map((shapes) => ({ name, draw, shapes: shapes.slice(0, count) })), // prettier-ignore
  ),
  ...Object.entries(ROWS).map(([name, [draw, ...shapes]]) => ({ name, draw, shapes })),
]

test('every op that draws is tried', () => {
  const names = Object.keys(ops).filter((name) => name.startsWith('draw'))
  expect([...new Set(CASES.map(({ name }) => name.split(' ')[0]))].toSorted()).toEqual(names.toSorted())
})

const unit = (shape: readonly number[], seed: number): tf.Tensor => tensorOf({ shape, of: 'unit' }, seed)
const keys = (...shape: number[]): tf.Tensor => tensorOf({ shape: [...shape, 2], of: 'key' }, 3)
const one = keyOf(7)

/** Parameters as ops of no batch take them: with axes of length 1 behind the first. */
const spread = (x: tf.Tensor, shape: readonly number[], rank: number): tf.Tensor =>
  ops.reshape(x, [x.shape[0]!, ...Array<number>(rank - shape.length).fill(1), ...shape])

describe.each(['eager', 'wasm'] as const)('%s', (engine) => {
  const made = (f: Op): Op => (engine === 'eager' ? f : (compile(f, { engine }) as Op))

  test.each(CASES)(
    '$name of $shapes: with a key for each element, the draws of that key',
    ({ draw, shapes }) => {
      const f: Op = (k, ...xs) => draw(k!, SHAPE, ...xs)
      for (const axes of waysOf([null, 0], shapes.length).map((way) => [0, ...way])) {
        tf.tidy(() => {
          const given = [
            keys(4),
            ...shapes.map((shape, i) => unit(axes[i + 1] === 0 ? [4, ...shape] : shape, i)),
          ]
          const gap = difference(made(batch(f, { axes }))(...given), looped(f, axes, 4)(...given))
          expect(gap, String(axes)).toBeUndefined()
        })
      }
    },
  )

  test.each(CASES)(
    '$name of $shapes: with one key, the draws of that key for all elements',
    ({ name, draw, shapes }) => {
      for (const axes of waysOf([null, 0], shapes.length)) {
        tf.tidy(() => {
          const given = shapes.map((shape, i) => unit(axes[i] === 0 ? [4, ...shape] : shape, i))
          // Rows of weights have one more axis, and the number of trials one less.
          const shapeOf = (i: number): readonly number[] =>
          name.startsWith('drawCategorical') ? [...SHAPE, shapes[0]!.at(-1)!] : i > 0 && name.startsWith('drawMultinomial') ? SHAPE.slice(0, -1) : SHAPE // prettier-ignore
          const all = given.map((x, i) =>
            axes[i] === 0 ? ops.broadcastTo(spread(x, shapes[i]!, shapeOf(i).length), [4, ...shapeOf(i)]) : x,
          )
          const truth = draw(one, [4, ...SHAPE], ...all)
          const plain = made(batch((...xs) => draw(one, SHAPE, ...xs), { axes, size: 4 }))(...given)
          expect(difference(plain, truth), String(axes)).toBeUndefined()
          const keyed: Op = (k, ...xs) => draw(k!, SHAPE, ...xs)
          const ofKey = made(batch(keyed, { axes: [null, ...axes], size: 4 }))
          expect(difference(ofKey(ops.keyTensor(one), ...given), truth)).toBeUndefined()
        })
      }
    },
  )

  test('batches of batches have draws of their own for each element of both', () => {
    tf.tidy(() => {
      const f = batch(
        batch(() => ops.drawNormal(one, [2]), { size: 3 }),
        { size: 4 },
      )
      expect(difference(made(f)(), ops.drawNormal(one, [4, 3, 2]))).toBeUndefined()
    })
  })

  test('with keys that differ in one batch only, and in neither the draws are the same', () => {
    tf.tidy(() => {
      const a = unit([4, 3], 0)
      const draw: Op = (k, x) => ops.drawGamma(k!, [2], x!)
      // Of the keys of the inner batch, those of each outer element.
      const inner = batch(batch(draw, { axes: [0, null] }), { axes: [null, 0] })
      const k = keys(3)
      const row = unit([4], 1)
      const truth = ops.stack(
        [0, 1, 2].map((i) => ops.drawGamma(ops.reshape(ops.slice(k, [i, 0], [1, 2]), [2]), [4, 2], ops.broadcastTo(ops.expandDims(row, -1), [4, 2]))), // prettier-ignore
        1,
      )
      expect(difference(made(inner as Op)(k, row), truth)).toBeUndefined()
      // Those of the outer batch, for each inner element.
      const outer = batch(batch(draw, { axes: [null, 0] }), { axes: [0, 0] })
      const four = keys(4)
      const all = looped((key, x) => ops.drawGamma(key!, [3, 2], ops.broadcastTo(ops.expandDims(x!, -1), [3, 2])), [0, 0], 4) // prettier-ignore
      expect(difference(made(outer as Op)(four, a), all(four, a))).toBeUndefined()
      // And of both.
      const both = batch(batch(draw))
      expect(difference(made(both as Op)(keys(4, 3), a), looped(looped(draw, [0, 0], 3), [0, 0], 4)(keys(4, 3), a))).toBeUndefined() // prettier-ignore
    })
  })

  test('keys of each element are split and folded as they would be alone', () => {
    tf.tidy(() => {
      const f: Op = (k, n) => {
        const [a, b] = ops.splitKey(k!) as tf.Tensor[]
        return ops.stack([a!, ops.foldInKey(b!, n!) as tf.Tensor, ops.foldInKey(k!, 5) as tf.Tensor])
      }
      for (const axes of waysOf([null, 0], 2).slice(1)) {
        const given = [
          axes[0] === 0 ? keys(4) : keys(),
          tensorOf({ shape: axes[1] === 0 ? [4] : [], of: 'whole' }, 1),
        ]
        const gap = difference(made(batch(f, { axes }))(...given), looped(f, axes, 4)(...given))
        expect(gap, String(axes)).toBeUndefined()
      }
    })
  })

  test('what is drawn outside is the same for all elements, also by the key of another draw', () => {
    tf.tidy(() => {
      const f: Op = (x) => {
        const shared = ops.drawNormal(one, [])
        return batch((y: tf.Tensor) => ops.stack([ops.add(y, shared), ops.drawNormal(one, [])]))(x!)
      }
      const zeros = ops.constant([0, 0, 0])
      const truth = ops.stack([ops.add(zeros, ops.drawNormal(one, [])), ops.drawNormal(one, [3])], 1)
      expect(difference(made(f)(zeros), truth)).toBeUndefined()
    })
  })

  test('draws move with their parameters as those of a loop, and as those of one draw', () => {
    tf.tidy(() => {
      const a = unit([4], 2)
      const f: Op = (k, x) => ops.sum(ops.square(ops.drawGamma(k!, [2], x!)))
      const k = keys(4)
      const slope = (g: Op): Op => grad((x: tf.Tensor) => ops.sum(g(k, x)))
      expect(difference(made(slope(batch(f) as Op))(a), slope(looped(f, [0, 0], 4))(a))).toBeUndefined()
      const own = grad((x: tf.Tensor) => ops.sum(ops.square(ops.drawGamma(one, [4, 2], ops.broadcastTo(ops.expandDims(x, -1), [4, 2]))))) // prettier-ignore
      const ofBatch = grad((x: tf.Tensor) => ops.sum(batch((y: tf.Tensor) => f(ops.keyTensor(one), y))(x)))
      expect(difference(made(ofBatch)(a), own(a))).toBeUndefined()
      const ofEach = batch(grad((x: tf.Tensor) => f(ops.keyTensor(one), x)))
      expect(difference(made(ofEach)(a), own(a))).toBeUndefined()
      // Twice.
      const twice = (g: Op): Op => grad((x: tf.Tensor) => ops.sum(slope(g)(x)))
      expect(difference(made(twice(batch(f) as Op))(a), twice(looped(f, [0, 0], 4))(a), 1e-5)).toBeUndefined()
    })
  })
})

test('explain names what is computed for one element after the other', () => {
  const f = compile(batch((k: tf.Tensor) => ops.drawNormal(k, [2])))
  tf.tidy(() => void f(keys(3)))
  expect(f.explain().pieces).toContainEqual({ kind: 'routine', operation: 'each drawNormal' })
  expect(f.explain().called).toEqual([])
})
