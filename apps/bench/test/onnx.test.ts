import '@tensorflow/tfjs-backend-cpu'
import * as ort from 'onnxruntime-node'
import { expect, test } from 'vitest'
import type { Plain } from '../src/onnx/data.ts'
import { differenceOf } from '../src/onnx/differences.ts'
import { TOLERANCE } from '../src/onnx/onnx.ts'
import { PROGRAMS } from '../src/onnx/programs.ts'

function feed({ type, shape, data }: Plain): ort.Tensor {
  if (type === 'float32') return new ort.Tensor(type, Float32Array.from(data), shape)
  return type === 'bool'
    ? new ort.Tensor(type, Uint8Array.from(data), shape)
    : new ort.Tensor(type, Int32Array.from(data), shape)
}

test.each(PROGRAMS)('the model of program %# gives what compiled code gives', async (make) => {
  const { model, inputs, expected } = await make()
  const session = await ort.InferenceSession.create(model)
  const feeds = Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, feed(x)]))
  const results = await session.run(feeds)
  expect([...session.inputNames].toSorted()).toEqual(Object.keys(inputs).toSorted())
  expect([...session.outputNames].toSorted()).toEqual(Object.keys(expected).toSorted())
  const gaps = Object.entries(expected).map(([name, truth]) => {
    const { type, dims, data } = results[name]!
    return differenceOf({ type: type as 'float32', shape: dims, data: [...(data as Float32Array)] }, truth)
  })
  await session.release()
  expect(Math.max(...gaps)).toBeLessThanOrEqual(TOLERANCE)
})
