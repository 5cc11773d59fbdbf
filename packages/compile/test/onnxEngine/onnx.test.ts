import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DomainError, key, NdArray, ndarray, UnsupportedError } from '@variate/core'
import {
  add,
  cast,
  drawNormal,
  exp,
  gammainc,
  greater,
  logSumExp,
  matMul,
  mul,
  softplus,
  sum,
} from '@variate/core/ops'
import { compile, loop, valueAndGrad, type Precision } from '../../src/index.ts'

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

const PRECISIONS: readonly Precision[] = ['float32', 'float64']

const read = (x: tf.Tensor | NdArray): number[] => {
  if (!(x instanceof tf.Tensor)) return [...x.data]
  const data = [...x.dataSync()]
  x.dispose()
  return data
}

/** How far results are from others of the same shape and type, as a part of these. */
const distance = (got: tf.Tensor | NdArray, expected: tf.Tensor | NdArray): number => {
  expect(got.shape).toEqual(expected.shape)
  if (got instanceof tf.Tensor) expect(got.dtype).toBe((expected as tf.Tensor).dtype)
  const [a, b] = [read(got), read(expected)]
  return Math.max(0, ...a.map((x, i) => Math.abs(x - b[i]!) / (1 + Math.abs(b[i]!))))
}
const most = (precision: Precision): number => (precision === 'float64' ? 1e-12 : 2e-6)

const numbers = (shape: readonly number[], seed = 1): NdArray =>
  new NdArray(
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, i) => Math.sin(seed * (i + 1))),
    shape,
  )

test.each(PRECISIONS)(
  'a gradient is what wasm gives, in the structure that the function has (%s)',
  async (precision) => {
    const loss = (x: tf.Tensor, y: tf.Tensor) => (w: tf.Tensor) => sum(softplus(mul(y, matMul(x, w))))
    const f = ({ x, y }: { x: tf.Tensor; y: tf.Tensor }, w: tf.Tensor, scale: number) => {
      const { value, grads } = valueAndGrad(loss(x, y))(w)
      return { value, scaled: [mul(scale, grads[0]!)] as const }
    }
    const onnx = compile(f, { engine: 'onnx', precision })
    const wasm = compile(f, { engine: 'wasm', precision })
    const [x, y, w] = [numbers([20, 6]), numbers([20, 1], 2), numbers([6, 1], 3)]
    const [got, expected] = [
      await onnx({ x, y } as never, w as never, 3),
      wasm({ x, y } as never, w as never, 3),
    ]
    expect(distance(got.value, expected.value)).toBeLessThan(most(precision))
    expect(distance(got.scaled[0], expected.scaled[0])).toBeLessThan(most(precision))
    expect(onnx.explain()).toMatchObject({ engine: 'onnx', reason: 'asked for', called: [] })
    expect(onnx.explain().pieces.at(-1)).toMatchObject({ kind: 'onnx' })
    await onnx.dispose()
  },
)

test.each(PRECISIONS)('whole numbers and truth values go in and out (%s)', async (precision) => {
  const f = (x: tf.Tensor, n: tf.Tensor, b: tf.Tensor) => [
    greater(x, 0),
    add(n, 1),
    tf.logicalNot(b),
    cast(b, 'float32'),
    x,
    tf.where(b, x, tf.neg(x)),
    tf.scalar(3),
  ]
  const onnx = compile(f, { engine: 'onnx', precision })
  const wasm = compile(f, { engine: 'wasm', precision })
  const b = tf.tensor1d([1, 0, 1], 'bool')
  const args = [Float64Array.of(1, -2, 0), Int32Array.of(1, -7, 2 ** 31 - 1), b] as const
  const [got, expected] = [await onnx(...args), wasm(...args)]
  for (const [i, x] of got.entries()) expect(distance(x, expected[i]!)).toBeLessThan(most(precision))
  b.dispose()
  await onnx.dispose()
})

test.each(PRECISIONS)(
  'draws, and what ONNX lacks, are made in WebAssembly before: the same draws (%s)',
  async (precision) => {
    const f = (k: tf.Tensor, w: tf.Tensor) => {
      const noise = drawNormal(k, [4, 5])
      return { noise, made: matMul(exp(noise), w) }
    }
    const onnx = compile(f, { engine: 'onnx', precision })
    const wasm = compile(f, { engine: 'wasm', precision })
    const args = [key(3) as never, numbers([5, 2]) as never] as const
    const [got, expected] = [await onnx(...args), wasm(...args)]
    expect(read(got.noise)).toEqual(read(expected.noise))
    expect(distance(got.made, expected.made)).toBeLessThan(most(precision))
    await onnx.dispose()
  },
)

test('a loop within a program is one', async () => {
  const f = (x: tf.Tensor) =>
    loop(
      (s) => {
        const next = mul(0.5, add(s, 1))
        return { state: next, outputs: sum(next) }
      },
      { state: x, count: 6, collect: { every: 2 } },
    ).outputs
  const onnx = compile(f, { engine: 'onnx' })
  expect(distance(await onnx(Float32Array.of(1, 5)), compile(f)(Float32Array.of(1, 5)))).toBeLessThan(
    most('float32'),
  )
  await onnx.dispose()
})

test('programs are kept for shapes, let go of, and made again', async () => {
  let traces = 0
  const f = compile(
    (x: tf.Tensor) => {
      traces++
      return logSumExp(x)
    },
    { engine: 'onnx', cacheSize: 2 },
  )
  const of = async (n: number): Promise<number> => read(await f(new Float32Array(n)))[0]!
  expect(await Promise.all([of(1), of(2), of(2)])).toEqual([
    0,
    Math.fround(Math.log(2)),
    Math.fround(Math.log(2)),
  ])
  expect(traces).toBe(2)
  await of(3) // the program for one element goes
  await of(2)
  expect(traces).toBe(3)
  expect(await of(1)).toBe(0)
  expect(traces).toBe(4)
  const pending = of(1)
  await f.dispose()
  expect(await pending).toBe(0)
  expect(await of(1)).toBe(0)
  expect(traces).toBe(5)
  await f[Symbol.asyncDispose]()
})

test('arrays may be written to as soon as the call has returned', async () => {
  const f = compile((x: tf.Tensor) => mul(x, 2), { engine: 'onnx' })
  const x = Float32Array.of(1, 2)
  const pending = f(x)
  x.fill(7)
  expect(read(await pending)).toEqual([2, 4])
  await f.dispose()
})

test('what cannot be is told of by the promise', async () => {
  const f = compile((x: tf.Tensor) => mul(x, 2), { engine: 'onnx' })
  await expect(f(new Date() as never)).rejects.toThrow(UnsupportedError)
  await expect(
    compile((x: tf.Tensor) => x, { engine: 'onnx', reproducible: true })(Float32Array.of(1)),
  ).rejects.toThrow('reproducible is for the wasm engine')
  expect(() => f.explain()).toThrow('none was answered')
  expect(() => compile(() => f(Float32Array.of(1)))()).toThrow(
    'gives a promise: call the function that it was made of',
  )
  expect(() => tf.tidy(() => tf.grad((x) => f(x) as never)(tf.scalar(1)))).toThrow('gives a promise')
  expect(() => compile((x: tf.Tensor) => x, { engine: 'onnx', cacheSize: 0 })).toThrow(DomainError)
})

test('auto takes wasm for what is small, and says why', async () => {
  const f = compile((x: tf.Tensor) => sum(exp(x)), { engine: 'auto' })
  expect(read(await f(Float32Array.of(0, 0)))).toEqual([2])
  const { engine, reason, estimates } = f.explain()
  expect(engine).toBe('wasm')
  expect(reason).toMatch(/for 1000 calls an estimated \d.* ms in wasm, .* in onnx/)
  expect(estimates!.wasm.total).toBeLessThan(estimates!.onnx.total)
  await f.dispose()
})

test('auto takes ONNX Runtime for large products', async () => {
  const f = compile((x: tf.Tensor) => sum(matMul(x, x)), { engine: 'auto' })
  const x = ndarray(new Float32Array(512 * 512).fill(1 / 512), [512, 512])
  expect(read(await f(x))[0]).toBeCloseTo(512, 1)
  expect(f.explain()).toMatchObject({ engine: 'onnx', estimates: {} })
  await f.dispose()
})

test('a function all of which ONNX lacks is refused by engine onnx, and what is made of it is not', async () => {
  const lacking = (x: tf.Tensor) => gammainc(x, 1.5)
  const args = Float32Array.of(1, 2)
  await expect(compile(lacking, { engine: 'onnx' })(args)).rejects.toThrow(
    /all results are made of what ONNX lacks: gammainc \(.*\): use engine 'wasm', or 'auto'/,
  )
  const more = (x: tf.Tensor) => mul(2, lacking(x))
  const onnx = compile(more, { engine: 'onnx' })
  expect(distance(await onnx(args), compile(more)(args))).toBeLessThan(most('float32'))
  await onnx.dispose()
})
