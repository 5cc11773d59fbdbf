import type * as tf from '@tensorflow/tfjs-core'
import { sigmoid } from '@variate/core/ops'
import { compile, runLoop } from '../../src/index.ts'

// A process that ends by itself when it has nothing to do any more, though threads helped it, or are about to.

export type Way = 'compile' | 'runLoop' | 'worker'

const say = (text: string): boolean => process.stdout.write(`${text}\n`)
const state = Float64Array.from({ length: 100_000 }, (_, i) => Math.sin(i))

async function ran(worker: boolean): Promise<void> {
  const { explanation } = await runLoop((x: tf.Tensor) => sigmoid(x), {
    state,
    count: 50,
    precision: 'float64',
    threads: 3,
    worker,
  })
  say(`${explanation.threads!.count}`)
}

const ways: Readonly<Record<Way, () => Promise<void>>> = {
  compile: async () => {
    const compiled = compile((x: tf.Tensor) => sigmoid(x), { precision: 'float64', threads: 3 })
    for (let call = 0; call < 50; call++) compiled(state)
    await new Promise((resolve) => setTimeout(resolve, 20))
    for (let call = 0; call < 50; call++) compiled(state)
    say(`${compiled.explain().threads!.count}`)
  },
  runLoop: () => ran(false),
  worker: () => ran(true),
}
void ways[process.argv[2] as Way]()
