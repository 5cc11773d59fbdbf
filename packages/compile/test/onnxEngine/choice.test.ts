import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { key, NdArray } from '@variate/core'
import {
  add,
  conv2d,
  div,
  drawNormal,
  drawUniform,
  exp,
  fill,
  less,
  cast,
  matMul,
  maximum,
  mul,
  sqrt,
  softplus,
  square,
  sub,
  sum,
} from '@variate/core/ops'
import { compile, runLoop, valueAndGrad } from '../../src/index.ts'

const zeros = (...shape: readonly number[]): NdArray =>
  new NdArray(new Float32Array(shape.reduce((a, b) => a * b, 1)), shape)

/** What auto chooses for so many steps, none of which is gone. */
async function chosen(step: (...args: never[]) => unknown, state: object, count: number) {
  const { explanation, state: end } = await runLoop(step as never, {
    state,
    count,
    random: key(0),
    signal: AbortSignal.abort(),
  })
  for (const x of Object.values(end)) if (x instanceof tf.Tensor) x.dispose()
  if (end instanceof tf.Tensor) (end as tf.Tensor).dispose()
  return explanation
}

type Named<Name extends string> = Readonly<Record<Name, tf.Tensor>>

/** Variational inference on eight schools: gradients of ten parameters' means and scales, by Adam's means. */
const schools = ({ mean, scale, m }: Named<'mean' | 'scale' | 'm'>, { key: own }: Named<'key'>) => {
  const noise = drawNormal(own, [10])
  const bound = (a: tf.Tensor, b: tf.Tensor) =>
    sub(mul(0.5, sum(square(div(add(a, mul(exp(b), noise)), 5)))), sum(b))
  const { grads } = valueAndGrad(bound)(mean, scale)
  const next = add(mul(0.9, m), mul(0.1, square(grads[0])))
  return {
    mean: sub(mean, div(mul(0.01, grads[0]), add(sqrt(next), 1e-8))),
    scale: sub(scale, mul(0.01, grads[1])),
    m: next,
  }
}

/** A training step of an autoencoder: pixels are drawn, the noise is, and weights move by Adam's rule. */
const autoencoder = (batch: number, pixels: number, hidden: number, latents: number) => {
  const step = (state: Readonly<Record<string, tf.Tensor>>, { key: own }: Named<'key'>) => {
    const x = cast(less(drawUniform(own, [batch, pixels]), 0.5), 'float32')
    const loss = (a: tf.Tensor, b: tf.Tensor, c: tf.Tensor, d: tf.Tensor) => {
      const z = add(matMul(maximum(matMul(x, a), 0), b), drawNormal(own, [batch, latents]))
      const logits = matMul(maximum(matMul(z, c), 0), d)
      return sum(sub(softplus(logits), mul(x, logits)))
    }
    const { grads } = valueAndGrad(loss)(state['a']!, state['b']!, state['c']!, state['d']!)
    return Object.fromEntries(
      ['a', 'b', 'c', 'd'].flatMap((name, i) => {
        const first = add(mul(0.9, state[`${name}1`]!), mul(0.1, grads[i]!))
        const second = add(mul(0.999, state[`${name}2`]!), mul(0.001, square(grads[i]!)))
        const next = sub(state[name]!, div(mul(0.001, first), add(sqrt(second), 1e-8)))
        return [[name, next], [`${name}1`, first], [`${name}2`, second]] // prettier-ignore
      }),
    )
  }
  const shapes = { a: [pixels, hidden], b: [hidden, latents], c: [latents, hidden], d: [hidden, pixels] }
  const state = Object.fromEntries(
    Object.entries(shapes).flatMap(([name, shape]) =>
      ['', 1, 2].map((part) => [`${name}${part}`, zeros(...shape)]),
    ),
  )
  return [step, state] as const
}

test('eight schools is for WebAssembly, however many steps it takes', async () => {
  for (const count of [1, 1000, 2 ** 31 - 1]) {
    const state = { mean: zeros(10), scale: zeros(10), m: zeros(10) }
    expect(await chosen(schools, state, count), String(count)).toMatchObject({ engine: 'wasm' })
  }
})

test('the training of an autoencoder is for ONNX Runtime, if it is large and long', async () => {
  const [step, state] = autoencoder(128, 784, 400, 20)
  const { engine, reason, estimates } = await chosen(step, state, 5000)
  expect(engine).toBe('onnx')
  expect(reason).toMatch(/^for 5000 steps an estimated [\d.]+ s in wasm, [\d.]+ s in onnx$/)
  const { wasm, onnx, eager } = estimates!
  for (const { start, each, total } of [wasm, onnx, eager]) expect(total).toBeGreaterThanOrEqual(start + each)
  expect(wasm.each / onnx.each).toBeGreaterThan(2)
  expect(eager.total).toBeGreaterThan(wasm.total)
  expect((await chosen(step, state, 2)).engine).toBe('wasm')
  const [small, start] = autoencoder(16, 49, 12, 3)
  expect((await chosen(small, start, 5000)).engine).toBe('wasm')
})

test('what is estimated is that of the whole run, wherever it goes on from', async () => {
  const [step, state] = autoencoder(128, 784, 400, 20)
  const all = await chosen(step, state, 5000)
  const { explanation, state: end } = await runLoop(step as never, {
    state: state as object,
    count: 5000,
    from: 4999,
    random: key(0),
    signal: AbortSignal.abort(),
  })
  for (const x of Object.values(end)) (x as tf.Tensor).dispose()
  expect(explanation.estimates).toEqual(all.estimates)
  expect(explanation.engine).toBe('onnx')
})

test('convolutions count as what they multiply', async () => {
  const images = fill([64, 14, 14, 32], 1)
  const step = ({ filter }: Named<'filter'>) => {
    const { grads } = valueAndGrad((f: tf.Tensor) => sum(square(conv2d(images, f, { strides: 2 }))))(filter)
    return { filter: sub(filter, mul(1e-3, grads[0])) }
  }
  const state = { filter: zeros(4, 4, 32, 64) }
  // Two convolutions of 64 · 6² · 64 · 4² · 32 multiplications.
  const { engine, estimates } = await chosen(step, state, 5000)
  images.dispose()
  expect(engine).toBe('onnx')
  expect(estimates!.wasm.each).toBeGreaterThan(2 * 64 * 36 * 64 * 16 * 32 * 0.08e-6)
  expect(estimates!.wasm.each).toBeLessThan(1.2 * 2 * 64 * 36 * 64 * 16 * 32 * 0.08e-6)
})

test('a function that is called rarely is not worth what ONNX Runtime takes to be made ready', async () => {
  const f = (x: tf.Tensor): tf.Tensor => matMul(x, x)
  const x = zeros(256, 256)
  const [often, rarely] = [compile(f, { engine: 'auto' }), compile(f, { engine: 'auto', calls: 2 })]
  for (const [run, engine] of [
    [often, 'onnx'],
    [rarely, 'wasm'],
  ] as const) {
    const result = await run(x)
    result.dispose()
    expect(run.explain().engine).toBe(engine)
    await run.dispose()
  }
  expect(() => compile(f, { engine: 'auto', calls: 0 })).toThrow('compile: calls must be a number ≥ 1, got 0')
})
