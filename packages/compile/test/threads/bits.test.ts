import '@tensorflow/tfjs-backend-cpu'
import type * as tf from '@tensorflow/tfjs-core'
import { describe, expect, test } from 'vitest'
import type { NdArray } from '@variate/core'
import { compile } from '../../src/index.ts'
import type { Precision } from '../../src/wasm/lanes.ts'
import { CASES, numbers, type Case } from './programs.ts'

/** Results of a program as bytes. */
function bytesOf(results: object): readonly Uint8Array[] {
  const arrays = 'shape' in results ? [results] : Object.values(results)
  return arrays.map((x: tf.Tensor | NdArray) => {
    const data = 'dataSync' in x ? x.dataSync() : x.data
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
  })
}

/** What a program gives on so many threads, when helpers have had time to come. */
async function computed({ program, shapes }: Case, precision: Precision, threads: number) {
  const compiled = compile(program, { precision, threads })
  const arrays = shapes.map(numbers)
  const call = (): readonly Uint8Array[] => bytesOf(compiled(...arrays))
  const first = call()
  await new Promise((resolve) => setTimeout(resolve, 30))
  return { all: [first, call(), call(), call()], explanation: compiled.explain() }
}

describe.each(['float32', 'float64'] as const)('in %s', (precision) => {
  test.each(CASES)('$name: the same bits on any number of threads', async (given) => {
    const [first] = (await computed(given, precision, 1)).all
    for (const threads of [2, 3]) {
      const own = await computed(given, precision, threads)
      for (const results of own.all) {
        expect(results.map((x, i) => x.every((byte, k) => byte === first![i]![k]))).toEqual(
          first!.map(() => true),
        )
      }
      expect(own.explanation.threads!.count).toBe(given.isDivided ? threads : 1)
    }
  })
})
