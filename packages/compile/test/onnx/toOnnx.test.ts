import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { ndarray } from '@variate/core'
import { add, gather, matVec, mul, sum } from '@variate/core/ops'
import { gammainc } from '@variate/core/ops'
import * as ort from 'onnxruntime-node'
import { describe, expect, test } from 'vitest'
import { compile } from '../../src/index.ts'
import { toOnnx } from '../../src/onnx/index.ts'

interface Params {
  readonly W: tf.Tensor
  readonly b: readonly [tf.Tensor, tf.Tensor]
}

const predict = compile(({ W, b }: Params, x: tf.Tensor, scale: number) => ({
  mean: mul(scale, add(matVec(W, x), b[0])),
  more: [sum(b[1])],
}))
const params = {
  W: ndarray(Float32Array.of(1, 2, 3, 4, 5, 6), [2, 3]),
  b: [Float32Array.of(1, 2), Float32Array.of(3)],
} as const
const args = [params, Float32Array.of(1, 0, -1), 10] as const

/** What a model says that goes in and comes out, and what it gives for what goes in, all of ones. */
async function told(model: Uint8Array) {
  const session = await ort.InferenceSession.create(model)
  const { inputNames, outputNames } = session
  await session.release()
  return { inputs: [...inputNames], outputs: [...outputNames] }
}

/** The texts in a model. */
const texts = (model: Uint8Array): string => new TextDecoder('latin1').decode(model)

describe('names say where a tensor stands', () => {
  test('by default arguments are input0 and so on, results what a record calls them', async () => {
    expect(await told(toOnnx(predict, { args }))).toEqual({
      inputs: ['input0.W', 'input0.b.0', 'input0.b.1', 'input1'],
      outputs: ['mean', 'more.0'],
    })
  })

  test('as they are given', async () => {
    const model = toOnnx(predict, { args, inputs: ['params', 'x', 'scale'], outputs: ['result'] })
    expect(await told(model)).toEqual({
      inputs: ['params.W', 'params.b.0', 'params.b.1', 'x'],
      outputs: ['result.mean', 'result.more.0'],
    })
  })

  test('one tensor is output, those of a tuple output0 and so on', async () => {
    const one = compile((x: tf.Tensor) => mul(2, x))
    const two = compile((x: tf.Tensor) => [mul(2, x), x])
    const x = [new Float32Array(2)] as const
    expect((await told(toOnnx(one, { args: x }))).outputs).toEqual(['output'])
    expect((await told(toOnnx(two, { args: x }))).outputs).toEqual(['output0', 'output1'])
    expect((await told(toOnnx(two, { args: x, outputs: ['twice', 'same'] }))).outputs).toEqual([
      'twice',
      'same',
    ])
  })

  test('what reads no input, gives an input, or the same twice has outputs of their own', async () => {
    const f = compile((x: tf.Tensor, unused: tf.Tensor) => {
      const y = mul(2, x)
      void unused
      return { x, y, again: y, constant: tf.scalar(3) }
    })
    const model = toOnnx(f, { args: [Float32Array.of(1, 2), new Float32Array(1)], inputs: ['a', 'unused'] })
    const session = await ort.InferenceSession.create(model)
    const results = await session.run({
      a: new ort.Tensor('float32', [1, 2]),
      unused: new ort.Tensor('float32', [0]),
    })
    await session.release()
    const data = Object.entries(results).map(([name, { data: own }]) => [name, [...(own as Float32Array)]])
    expect(Object.fromEntries(data)).toEqual({ x: [1, 2], y: [2, 4], again: [2, 4], constant: [3] })
  })
})

test('metadata tell how the model is called, and what is static in it', () => {
  const model = toOnnx(predict, {
    args,
    inputs: ['params', 'x', 'scale'],
    metadata: { author: 'Ada' },
    doc: 'A line through the origin',
  })
  const all = texts(model)
  for (const text of ['@variate/compile', 'author', 'Ada', 'A line through the origin', 'float32']) {
    expect(all).toContain(text)
  }
  expect(all).toContain(
    '[{"W":{"tensor":"params.W"},"b":[{"tensor":"params.b.0"},{"tensor":"params.b.1"}]},{"tensor":"x"},10]',
  )
  expect(all).toContain('{"mean":{"tensor":"mean"},"more":[{"tensor":"more.0"}]}')
})

test('the model of float64 takes doubles', async () => {
  const f = compile((x: tf.Tensor) => mul(x, 0.1), { precision: 'float64' })
  const session = await ort.InferenceSession.create(toOnnx(f, { args: [new Float64Array(1)] }))
  const { output } = await session.run({ input0: new ort.Tensor('float64', [3]) })
  await session.release()
  expect([...(output!.data as Float64Array)]).toEqual([3 * 0.1])
})

test('an index that is out of bounds, below 0 as well, is an error of the runtime', async () => {
  const f = compile((x: tf.Tensor, i: tf.Tensor) => gather(x, i))
  const session = await ort.InferenceSession.create(
    toOnnx(f, { args: [new Float32Array(3), Int32Array.of(0)], inputs: ['x', 'i'] }),
    { logSeverityLevel: 4 },
  )
  const at = (i: number) =>
    session.run({ x: new ort.Tensor('float32', [1, 2, 3]), i: new ort.Tensor('int32', [i]) })
  await expect(at(3)).rejects.toThrow('bounds')
  await expect(at(-1)).rejects.toThrow('bounds')
  expect([...((await at(2))['output']!.data as Float32Array)]).toEqual([3])
  await session.release()
})

describe('what is wrong is told', () => {
  const two = compile((a: tf.Tensor, b: tf.Tensor) => add(a, b))
  const given = [new Float32Array(2), new Float32Array(2)] as const

  test.each([
    [{ inputs: ['x'] }, 'toOnnx: inputs must name all arguments, 2, got 1 (x)'],
    [{ inputs: ['x', 'y', 'z'] }, 'toOnnx: inputs must name all arguments, 2, got 3 (x, y, z)'],
    [{ outputs: [] }, 'toOnnx: outputs must name all parts of the result, 1, got 0 ()'],
    [{ inputs: ['x', ''] }, 'toOnnx: inputs must be texts that are not empty, got "" at 1'],
    [{ inputs: ['x', 'x'] }, "toOnnx: two tensors would be called 'x'"],
    [{ inputs: ['x', 'output'] }, "toOnnx: two tensors would be called 'output'"],
    [
      { metadata: { 'variate.format': '2' } },
      "metadata must be texts whose names do not begin with 'variate.'",
    ],
    [{ metadata: { runs: 3 as never } }, 'metadata must be texts'],
  ])('%j', (options, message) => {
    expect(() => toOnnx(two, { args: given, ...options })).toThrow(message)
  })

  test('names that fields would give twice', () => {
    const f = compile((at: { x: tf.Tensor }) => ({ 'a.x': at.x }))
    expect(() => toOnnx(f, { args: [{ x: new Float32Array(1) }], inputs: ['a'] })).toThrow("called 'a.x'")
  })

  test('a function that is not compiled, arguments that are none, and shapes without lengths', () => {
    expect(() => toOnnx((() => 1) as never, { args: [] as never })).toThrow('that compile() returned')
    expect(() => toOnnx(two, {} as never)).toThrow('args must be the arguments of a call, as a list')
    const spec = { shape: [null, 2], dtype: 'float32' }
    expect(() => toOnnx(two, { args: [spec, spec] as never })).toThrow(
      'argument[0] is the description of a tensor',
    )
  })

  test('operations that ONNX lacks, each once, and what to do', () => {
    const f = compile((a: tf.Tensor) => add(gammainc(a, mul(a, 2)), gammainc(mul(a, 3), a)))
    expect(() => toOnnx(f, { args: [Float32Array.of(1)] })).toThrow(
      'toOnnx: ONNX cannot say gammainc (it is computed by branches and loops for each element): compute what it gives ' +
        'outside of the function and pass it as an argument',
    )
  })
})
