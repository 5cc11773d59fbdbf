import type * as tf from '@tensorflow/tfjs-core'
import { compile, runLoop, type Explanation } from '@variate/compile'
import { key } from '@variate/core'
import { add, drawNormal, mul, sigmoid, sum } from '@variate/core/ops'

/** What programs give whose pieces are divided among threads: where there are any and where not it must be the same. */
export interface Divided {
  readonly sums: readonly number[]
  readonly state: readonly number[]
  readonly inWorker: readonly number[]
  readonly threads: Explanation['threads']
}

const numbers = Float64Array.from({ length: 200_000 }, (_, i) => (i % 1000) / 500 - 1)

/** Until workers have started that help. */
const start = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 500))

export async function divided(): Promise<Divided> {
  const options = { precision: 'float64', reproducible: true, threads: 2 } as const
  const total = compile((x: tf.Tensor) => sum(sigmoid(mul(3, x))), options)
  const sums: number[] = []
  for (let call = 0; call < 20; call++) {
    sums.push(total(numbers).at())
    if (call === 9) await start()
  }
  const run = async (worker: boolean): Promise<readonly number[]> => {
    const { state } = await runLoop(
      (x: tf.Tensor, step) => sigmoid(add(x, mul(0.1, drawNormal(step.key, [numbers.length])))),
      { ...options, state: numbers, count: 60, random: key(2), worker },
    )
    return [...state.data].filter((_, i) => i % 1999 === 0)
  }
  return { sums, state: await run(false), inWorker: await run(true), threads: total.explain().threads }
}
