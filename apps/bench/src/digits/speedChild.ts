import '@tensorflow/tfjs-backend-cpu'
import { scalar, setBackend } from '@tensorflow/tfjs-core'
import { binarize, resampled } from '@variate/data'
import { digitsIn } from './digitFiles.ts'
import { DIGIT_MODELS } from './digitModels.ts'
import type { Asked, Took } from './took.ts'

/** A process of its own, `node child.mjs <what is asked as JSON>`: fits the autoencoder, as long as is asked, and tells what it took. */
await setBackend('cpu')
// With its first tensor TensorFlow.js prints a greeting.
scalar(0).dispose()
const { engine, lengths, particles, train, test } = JSON.parse(process.argv[2]!) as Asked
const images = await digitsIn(train)
let line = ''
const fit = async (epochs: number) => {
  const [begin, used] = [performance.now(), process.cpuUsage()]
  const found = await DIGIT_MODELS.vae
    .algorithm(epochs, engine)
    .fit({ x: resampled(images, binarize) }, { seed: 0, onProgress: ({ text }) => (line = text) })
  const { user, system } = process.cpuUsage(used)
  return { found, seconds: (performance.now() - begin) / 1000, processor: (user + system) / 1e6 }
}
await fit(1)
// The clock of a process begins with it.
const start = performance.now() / 1000
const [short, long] = [await fit(lengths[0]), await fit(lengths[1])]
const each = (of: 'seconds' | 'processor'): number => (long[of] - short[of]) / (lengths[1] - lengths[0])
const peak = 1024 * process.resourceUsage().maxRSS
process.stderr.write(`${line}\n`)
const begin = performance.now()
if (particles > 0) await long.found.estimateLogLikelihood(await digitsIn(test), { particles, seed: 1 })
const took: Took = {
  epoch: each('seconds'),
  processor: each('processor'),
  start,
  likelihood: (performance.now() - begin) / 1000,
  peak,
}
process.stdout.write(JSON.stringify(took))
