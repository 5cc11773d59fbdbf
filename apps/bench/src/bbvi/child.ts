import '@tensorflow/tfjs-backend-cpu'
import { scalar, setBackend } from '@tensorflow/tfjs-core'
import { eightSchools } from '../compile/models.ts'
import { schoolsFit } from './fits.ts'

/** A process of its own, `node child.mjs <steps>`: seconds of its first fit. */
await setBackend('cpu')
// With its first tensor TensorFlow.js prints a greeting.
scalar(0).dispose()
const fit = schoolsFit(eightSchools('float32').inputs, 'float32', 'unwatched')
const begin = performance.now()
await fit(Number(process.argv[2]))
process.stdout.write(String((performance.now() - begin) / 1000))
