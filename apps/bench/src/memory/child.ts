import { gaussianMixture } from '@variate/models'
import { clusters } from '../gmm/clusters.ts'
import type { MemoryFigures } from './memory.ts'
import { watchMemory } from './watchMemory.ts'

/** A process of its own, `node --expose-gc child.ts <observations>`, which prints its figures as JSON. */
const observations = Number(process.argv[2])
const { x } = clusters(observations, 2, 5)
for (let times = 0; times < 4; times++) {
  // Buffers are given back some time after the collection that found them dead.
  globalThis.gc!()
  await new Promise((resolve) => setTimeout(resolve, 50))
}

const watch = watchMemory()
const { arrayBuffers, heapUsed } = process.memoryUsage()
const fit = await gaussianMixture({ components: 5 }).fit(x, {
  maxIterations: 20,
  onProgress: ({ iteration }) => watch.sample(`iteration ${iteration}`),
})
watch.sample('the end')

const figures: MemoryFigures = {
  input: x.data.byteLength,
  before: { arrayBuffers, heapUsed, during: 'before the fit' },
  peak: watch.peak,
  peakResident: watch.peakResident,
  iterations: fit.iterations,
}
console.log(JSON.stringify(figures))
