import '@tensorflow/tfjs-backend-cpu'
import { scalar, setBackend } from '@tensorflow/tfjs-core'
import { binarize, resampled } from '@variate/data'
import { digitsIn, type DigitFiles } from './digitFiles.ts'
import { DIGIT_MODELS, type DigitModelName } from './digitModels.ts'
import type { Judged, Judging } from './judged.ts'

/** A process of its own, `node child.mjs <model> <what is asked as JSON>`: fits a model, and finds log p(x) of each digit of the test set. */
await setBackend('cpu')
// With its first tensor TensorFlow.js prints a greeting.
scalar(0).dispose()
const { seed, epochs, particles, train, test } = JSON.parse(process.argv[3]!) as Judging & DigitFiles
let begin = performance.now()
const lap = (): number => {
  const now = performance.now()
  const seconds = (now - begin) / 1000
  begin = now
  return seconds
}
const algorithm = DIGIT_MODELS[process.argv[2] as DigitModelName].algorithm(epochs)
let epoch = ''
const fit = await algorithm.fit(
  { x: resampled(await digitsIn(train), binarize) },
  {
    seed,
    onProgress: ({ text }) => {
      const [, now] = text.split(' ')
      if (now === epoch) return
      epoch = now!
      process.stderr.write(`${text}\n`)
    },
  },
)
if (fit.termination.kind !== 'limit') throw new Error(`it ended otherwise: ${fit.termination.kind}`)
const fitting = lap()
const { pointwise } = await fit.estimateLogLikelihood(await digitsIn(test), { particles, seed: 1000 + seed })
const judged: Judged = {
  seconds: { fit: fitting, likelihood: lap() },
  pointwise: Array.from(pointwise.data),
}
process.stdout.write(JSON.stringify(judged))
