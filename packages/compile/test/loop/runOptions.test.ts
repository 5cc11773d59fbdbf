import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { key } from '@variate/core'
import { add, div, drawNormal, exp, mul, sub } from '@variate/core/ops'
import { compile, loop, runLoop } from '../../src/index.ts'
import { doubled } from '../inJavaScript.ts'
import { PASSES } from '../../src/graph/passes.ts'

// What a program is asked for, of runs: `loop` in a compiled function is asked the same.

const step = (x: tf.Tensor, context: { key: tf.Tensor }) => {
  const next = add(mul(0.5, x), div(exp(mul(-0.1, drawNormal(context.key, [5]))), 3))
  return { state: next, outputs: next }
}
const start = Float64Array.of(1, 2, 3, 4, 5)
const told = { count: 40, random: key(2), collect: { every: 1 } }

const OPTIONS = {
  'all passes': {},
  'no passes': { passes: Object.fromEntries(PASSES.map((name) => [name, false])) },
  fastMath: { fastMath: true },
  reproducible: { reproducible: true },
}

test.each(Object.entries(OPTIONS))('a run with %s is that of a loop with them', async (_, options) => {
  const whole = compile((x: tf.Tensor) => loop(step, { ...told, state: x }), {
    ...options,
    precision: 'float64',
  })
  const run = await runLoop(step, { ...told, ...options, state: start, precision: 'float64' })
  expect(run.outputs.data).toEqual(whole(start).outputs.data)
})

test('passes are switched off in a run', async () => {
  const passes = { unrolling: false, fusion: false, algebra: false }
  const run = (options: object) => runLoop(step, { ...told, ...options, state: start, precision: 'float64' })
  const [without, all] = [await run({ passes }), await run({})]
  expect(without.explanation.pieces).not.toEqual(all.explanation.pieces)
})

test('NaNs of a reproducible run have the same bits', async () => {
  const { state } = await runLoop((x: tf.Tensor) => sub(div(x, 0), div(x, 0)), {
    count: 1,
    state: Float64Array.of(1, -1),
    precision: 'float64',
    reproducible: true,
  })
  expect([...new BigUint64Array(state.data.buffer)]).toEqual([0x7ff8000000000000n, 0x7ff8000000000000n])
})

test('what a program refuses a run refuses', async () => {
  const options = { count: 2, state: 0 }
  await expect(runLoop(doubled, { ...options, reproducible: true })).rejects.toThrow(
    'with reproducible: true, drawDoubled cannot be computed',
  )
  await expect(runLoop(doubled, { ...options, reproducible: true, fastMath: true })).rejects.toThrow(
    'runLoop: fastMath and reproducible are both true',
  )
  await expect(runLoop(doubled, { ...options, passes: { magic: false } as never })).rejects.toThrow(
    "runLoop: passes are folding, algebra, commonSubexpressions, deadCode, unrolling, views, fusion, products, blocking, reuse, got 'magic'",
  )
  await expect(runLoop(doubled, { ...options, reproducible: true, engine: 'eager' })).rejects.toThrow(
    "reproducible is for the wasm engine, and engine is 'eager'",
  )
})
