import '@tensorflow/tfjs-backend-cpu'
import { scalar, setBackend } from '@tensorflow/tfjs-core'
import { key, random } from '@variate/core'
import { startOf } from './parameters.ts'
import { FULL } from './sizes.ts'
import { slopeOf, type MemoryFigures } from './slopeOf.ts'
import { train, type TrainOptions } from './train.ts'

/**
 * A process of its own, `node child.mjs <steps> <options as JSON>`: seconds from no program to the first loss, and the memory that
 * the steps take.
 */
await setBackend('cpu')
// With its first tensor TensorFlow.js prints a greeting.
scalar(0).dispose()
const [steps, options] = [Number(process.argv[2]), JSON.parse(process.argv[3]!) as TrainOptions]
// What images show does not change what they take.
const images = random.uniform(key(9), [FULL.images, FULL.pixels])
const start = startOf(FULL, 0)
const begin = performance.now()
await train(FULL, images, 1, options, start)
const seconds = (performance.now() - begin) / 1000
const samples: [step: number, resident: number][] = []
if (steps > 1) {
  const onProgress = ({ step }: { readonly step: number }) => {
    samples.push([step, process.memoryUsage.rss()])
  }
  await train(FULL, images, steps, { ...options, onProgress }, start)
}
const figures: MemoryFigures & { readonly seconds: number } = {
  seconds,
  slope: slopeOf(samples.filter(([step]) => step > steps / 5)),
  peak: 1024 * process.resourceUsage().maxRSS,
}
process.stdout.write(JSON.stringify(figures))
