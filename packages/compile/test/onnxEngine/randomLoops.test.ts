import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { key, NdArray, ndarray } from '@variate/core'
import { add, drawNormal, gammainc, mean, mul, square, tanh } from '@variate/core/ops'
import { runLoop, type Engine } from '../../src/index.ts'
import { build, number, steps, type Step } from '../randomPrograms.ts'

const COUNT = 7
const SHAPE = [2, 3]
const rows = (seed: number, ...shape: readonly number[]): NdArray =>
  ndarray(
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(seed * (i + 1))),
    shape,
  )

/** Steps of which some depend on what is carried, some on what is given, some on draws, and some on what ONNX lacks. */
const run = (program: readonly Step[], seed: number, every: number, engine: Engine) => {
  const f = build(program)
  return runLoop(
    ({ x, n }: { x: tf.Tensor; n: tf.Tensor }, { key: own, index, each, inputs }) => {
      const drawn = add(drawNormal(own, SHAPE), mul(0.1, index))
      const lacking = gammainc(add(0.5, square(each)), 1.5)
      const alone = f(drawn, lacking)
      const outputs = f(...[inputs, x, drawn, lacking].slice(seed % 3), ...alone.slice(-2))
      const total = outputs.reduce((sum: tf.Tensor, y) => add(sum, mean(tf.cast(y, 'float32'))), tf.scalar(0))
      return {
        state: { x: tanh(add(mul(0.5, x), mul(0.1, total))), n: add(n, 1) },
        outputs: { outputs, alone, x },
      }
    },
    {
      state: { x: rows(seed + 1, ...SHAPE), n: ndarray(Int32Array.of(seed), []) },
      each: rows(seed + 2, COUNT, ...SHAPE),
      inputs: rows(seed + 3, ...SHAPE),
      count: COUNT,
      random: key(seed),
      collect: { every },
      precision: 'float64',
      engine,
    },
  )
}

const leaves = (x: unknown): readonly NdArray[] =>
  x instanceof NdArray ? [x] : Object.values(x as object).flatMap(leaves)

test('random steps give what they give in wasm, wherever they are cut', { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(steps, number, fc.integer({ min: 1, max: 3 }), async (program, seed, every) => {
      const [onnx, wasm] = [await run(program, seed, every, 'onnx'), await run(program, seed, every, 'wasm')]
      const [got, expected] = [leaves([onnx.state, onnx.outputs]), leaves([wasm.state, wasm.outputs])]
      expect(got.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape))
      const far = got.flatMap((x, i) => {
        const y = expected[i]!.data
        const most = Math.max(0, ...Array.from(x.data, (z, k) => Math.abs(z - y[k]!) / (1 + Math.abs(y[k]!))))
        return most < 1e-10 ? [] : [[i, most]]
      })
      expect(far).toEqual([])
    }),
    { numRuns: 8 },
  )
})
