import '@tensorflow/tfjs-backend-cpu'
import * as tf from '@tensorflow/tfjs-core'
import { key } from '@variate/core'
import { drawNormal } from '@variate/core/ops'
import { compile, fromBytes, loop, valueAndGrad } from '../../src/index.ts'

/** The memory of the process, in bytes, by what `process.memoryUsage` calls its parts. */
export interface Sample {
  readonly cycle: number
  readonly rss: number
  readonly heapUsed: number
  readonly external: number
  readonly arrayBuffers: number
}

// A process of its own, `node --expose-gc child.cjs <cycles> <every> <kept>`, which prints its samples as JSON; `kept` if
// programs are not forgotten.
const [cycles, every] = process.argv.slice(2, 4).map(Number) as [number, number]
const kept: unknown[] = []

/** A program is compiled, run and forgotten: another in each cycle, by its size and a constant. */
function once(cycle: number): unknown {
  const size = 16 + (cycle % 50)
  return cycle % 2 ? model(size, cycle) : walk(size, cycle)
}

/** A gradient in float32. */
function model(size: number, cycle: number): unknown {
  const scales = new Float32Array(size).fill(cycle)
  const loss = (w: tf.Tensor) => tf.sum(tf.softplus(tf.mul(w, tf.tensor1d(scales))))
  const run = compile((w: tf.Tensor) => valueAndGrad(loss)(w))
  const { value, grads } = run(new Float32Array(size).fill(1 / (cycle + 1)))
  if (!(value.dataSync()[0]! > 0)) throw new Error(`got ${value.dataSync()[0]} in cycle ${cycle}`)
  tf.dispose([value, grads[0]])
  return run
}

/** A loop with draws in float64, also from bytes. */
function walk(size: number, cycle: number): unknown {
  const run = compile(
    (x: tf.Tensor, words: tf.Tensor) =>
      loop((state, step) => tf.add(tf.mul(state, 1 / (cycle + 2)), drawNormal(step.key, [size])), {
        state: x,
        count: 5,
        random: words,
      }).state,
    { precision: 'float64' },
  )
  const args = [new Float64Array(size), Int32Array.from(key(cycle))] as const
  const restored = fromBytes<typeof run>(run.toBytes(...args))
  if (restored(...args).data[0] !== run(...args).data[0]) throw new Error(`other numbers in cycle ${cycle}`)
  return [run, restored]
}

async function sampled(cycle: number): Promise<Sample> {
  for (let times = 0; times < 4; times++) {
    // Buffers are given back some time after the collection that found them dead.
    globalThis.gc!()
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  const { rss, heapUsed, external, arrayBuffers } = process.memoryUsage()
  return { cycle, rss, heapUsed, external, arrayBuffers }
}

async function main(): Promise<void> {
  const samples: Sample[] = []
  for (let cycle = 0; cycle < cycles; cycle++) {
    const made = once(cycle)
    if (process.argv[4] === 'kept') kept.push(made)
    if ((cycle + 1) % every === 0) samples.push(await sampled(cycle + 1))
  }
  console.log(JSON.stringify({ samples, tensors: tf.memory().numTensors }))
}

void main()
