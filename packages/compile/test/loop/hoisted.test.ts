import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as ops from '@variate/core/ops'
import { expect, test } from 'vitest'
import { batch, compile, loop } from '../../src/index.ts'
import type { ProgramPiece } from '../../src/index.ts'

/** 5 steps up the log likelihood of outcomes y [9] under logits x·w. */
const climb = (w: tf.Tensor, x: tf.Tensor, y: tf.Tensor, ascent: typeof gradient) =>
  loop((now: tf.Tensor) => ops.add(now, ops.mul(0.1, ascent(now, x, y))) as tf.Tensor, { state: w, count: 5 })
    .state
const gradient = (w: tf.Tensor, x: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  ops.matVec(ops.transpose(x), ops.sub(y, ops.sigmoid(ops.matVec(x, w))) as tf.Tensor)

const w = tf.zeros([3])
const x = tf.tensor(
  Array.from({ length: 27 }, (_, i) => Math.sin(i)),
  [9, 3],
)
const y = tf.tensor([0, 1, 1, 0, 1, 0, 0, 1, 1], [9], 'int32')
const written = (pieces: readonly ProgramPiece[]): readonly string[] =>
  pieces.flatMap((piece) => (piece.kind === 'loops' ? piece.writes : []))

test('whole numbers that steps compute with are made real ones before the steps', () => {
  const program = compile((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => climb(a, b, c, gradient), {
    passes: { unrolling: false },
  })
  const whole = program(w, x, y)
  expect(written(program.explain().pieces)).toContain('cast')
  expect(whole.dataSync()).toEqual(program(w, x, tf.cast(y, 'float32')).dataSync())
})

test('a batch of one in a program is what it is of: in the same loops', () => {
  const ofOne = (...given: Parameters<typeof gradient>) =>
    tf.reshape(
      batch(gradient, { axes: [0, null, null] })(ops.expandDims(given[0], 0), given[1], given[2]),
      [3],
    )
  const [plain, one] = [gradient, ofOne].map((ascent) => {
    const program = compile((a: tf.Tensor, b: tf.Tensor, c: tf.Tensor) => climb(a, b, c, ascent), {
      passes: { unrolling: false },
    })
    return { numbers: program(w, x, y).dataSync(), pieces: program.explain().pieces }
  })
  expect(one).toEqual(plain)
})
