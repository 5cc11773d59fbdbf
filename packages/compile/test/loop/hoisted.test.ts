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

test('of whole numbers that float32 does not hold real ones are computed as eagerly', () => {
  const [n, k] = [
    tf.tensor([100_000_001, 16_777_217, 2_000_000_011], [3], 'int32'),
    tf.tensor([50_000_003, 16_777_219, 1_000_000_007], [3], 'int32'),
  ]
  const f = (a: tf.Tensor, b: tf.Tensor): readonly tf.Tensor[] => [
    ops.lbeta(a, b),
    ops.sin(a),
    ops.sub(a, 100_000_000.5) as tf.Tensor,
    ops.gammainc(a, ops.add(a, 3) as tf.Tensor),
  ]
  const program = compile(f, { engine: 'wasm', passes: { unrolling: false } })
  const [eager, compiled] = [f(n, k), program(n, k)].map((all) => all.map((y) => [...y.dataSync()]))
  for (const [i, own] of compiled!.entries()) {
    for (const [at, x] of own.entries()) expect(x / eager![i]![at]!).toBeCloseTo(1, 6)
  }
})
