import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { pow } from '@variate/core/ops'
import { canonical } from '../../src/engine/canonical.ts'
import { compile, fromBytes } from '../../src/index.ts'
import { doubled, halved } from '../inJavaScript.ts'
import { bitsOf } from './bits.ts'
import { FUNCTIONS } from './constants.ts'
import { ofConstants, ofGiven, table } from './table.ts'
import oracle from './bits.json' with { type: 'json' }

let tensors: number
beforeEach(() => {
  tensors = tf.memory().numTensors
})
afterEach(() => {
  // oxlint-disable-next-line vitest/no-standalone-expect
  expect(tf.memory().numTensors, 'tensors left').toBe(tensors)
})

test('the bits are those that they have been, on whatever machine', () => {
  expect(table()).toEqual(oracle)
})

test.each(Object.entries(FUNCTIONS))(
  '%s of a constant is computed by the program, as of what it is given',
  (_, f) => {
    for (const precision of ['float32', 'float64'] as const)
      expect(bitsOf(ofConstants(f, precision))).toBe(bitsOf(ofGiven(f, precision)))
  },
)

describe('NaNs', () => {
  const made = (x: tf.Tensor) => [
    tf.div(x, x),
    tf.neg(tf.sqrt(tf.sub(x, 1))),
    tf.mul(x, Infinity),
    tf.sum(tf.div(x, x)),
  ]

  test.each([
    ['float32', 0x7fc00000n, 4],
    ['float64', 0x7ff8000000000000n, 8],
  ] as const)('have the same bits wherever they come from, in %s', (precision, nan, bytes) => {
    const f = compile(made, { precision, reproducible: true })
    const given = new Float32Array(9)
    for (const run of [f, fromBytes<typeof f>(f.toBytes(given))]) {
      const results = run(given).map((x) => {
        const data = x instanceof tf.Tensor ? x.dataSync<'float32'>() : (x.data as Float64Array)
        if (x instanceof tf.Tensor) x.dispose()
        return data.slice()
      })
      for (const data of results) {
        const bits = bytes === 4 ? new Uint32Array(data.buffer) : new BigUint64Array(data.buffer)
        expect(new Set([...bits].map(BigInt))).toEqual(new Set([nan]))
      }
    }
  })

  test('of any bits become one', () => {
    const words = Uint32Array.of(0xffc00001, 0x7f800001, 0x3f800000, 0xff800000)
    const data = canonical(new Float32Array(words.buffer))
    expect([...new Uint32Array(data.buffer)]).toEqual([0x7fc00000, 0x7fc00000, 0x3f800000, 0xff800000])
    const wide = canonical(
      new Float64Array(BigUint64Array.of(0xfff0000000000001n, 0x3ff0000000000000n).buffer),
    )
    expect([...new BigUint64Array(wide.buffer)]).toEqual([0x7ff8000000000000n, 0x3ff0000000000000n])
  })
})

describe('refused is', () => {
  test('what JavaScript computes, by its name', () => {
    const twice = compile((x: tf.Tensor) => doubled(x), { reproducible: true })
    expect(() => twice(new Float32Array(2))).toThrow(
      'with reproducible: true, drawDoubled cannot be computed',
    )
    const half = compile((x: tf.Tensor) => halved(x), { reproducible: true })
    expect(() => half(new Float32Array(2))).toThrow('with reproducible: true, halved cannot be computed')
  })

  test('but not what is specified to the last bit', () => {
    const rest = compile((x: tf.Tensor) => tf.mod(x, 3), { reproducible: true, precision: 'float64' })
    expect(rest(Float64Array.of(7.25, -1)).data).toEqual(Float64Array.of(1.25, 2))
    expect(rest.explain().called).toEqual(['mod'])
  })

  test('the eager engine, and a program that would run there', () => {
    const asked = compile((x: tf.Tensor) => tf.neg(x), { reproducible: true, engine: 'eager' })
    expect(() => asked(new Float32Array(2))).toThrow(
      "reproducible is for the wasm engine, and engine is 'eager'",
    )
    const long = compile(
      (x: tf.Tensor) => {
        for (let i = 0; i < 50_001; i++) x = tf.mul(x, x)
        return x
      },
      { reproducible: true },
    )
    expect(() => long(new Float32Array(2))).toThrow(
      '50002 operations are more than the 50000 that are compiled',
    )
  })

  test('a gradient that TensorFlow.js takes', () => {
    const cube = compile((x: tf.Tensor) => pow(x, 3), { reproducible: true })
    const x = tf.scalar(2)
    expect(() => tf.grad(cube)(x)).toThrow('compile the gradient')
    x.dispose()
  })
})
