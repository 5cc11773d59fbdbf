import '@tensorflow/tfjs-backend-cpu'
import { scalar, setBackend } from '@tensorflow/tfjs-core'
import { eightSchools } from './models.ts'

/** A process of its own, `node child.mjs <steps>`: seconds from no program to the result of its first call. */
await setBackend('cpu')
// With its first tensor TensorFlow.js prints a greeting.
scalar(0).dispose()
const task = eightSchools('float32')
const begin = performance.now()
task.run(Number(process.argv[2]))
process.stdout.write(String((performance.now() - begin) / 1000))
