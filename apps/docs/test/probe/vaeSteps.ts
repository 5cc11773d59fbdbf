import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { runLoop, type Engine, type OnnxRuntimeOptions } from '@variate/compile'
import { key, random } from '@variate/core'
import { ordersFor } from '../../../bench/src/vae/ordersFor.ts'
import { startOf } from '../../../bench/src/vae/parameters.ts'
import { SMALL } from '../../../bench/src/vae/sizes.ts'
import { stepOf } from '../../../bench/src/vae/step.ts'

const COUNT = 40

/** What steps of a variational autoencoder give. */
export interface VaeSteps {
  readonly engine: string
  readonly losses: readonly number[]
}

/** Forty steps of a small variational autoencoder, on random images. */
export async function vaeSteps(engine: Engine, onnx: OnnxRuntimeOptions = {}): Promise<VaeSteps> {
  const { outputs, state, explanation } = await runLoop(stepOf(SMALL), {
    state: startOf(SMALL, 0),
    inputs: random.uniform(key(9), [SMALL.images, SMALL.pixels]),
    each: ordersFor(key(2), COUNT, SMALL.images, SMALL.batch),
    random: key(1),
    count: COUNT,
    collect: { every: 1 },
    engine,
    onnx,
  })
  const losses = [...(outputs as Tensor).dataSync()]
  for (const part of Object.values(state)) for (const x of Object.values(part)) (x as Tensor).dispose()
  outputs.dispose()
  return { engine: explanation.engine, losses }
}
