import '@tensorflow/tfjs-backend-cpu'
import { setBackend } from '@tensorflow/tfjs-core'
import { eightSchools } from './models.ts'

/** A process of its own, `node child.mjs <steps>`: seconds from no program to the result of its first call. */
await setBackend('cpu')
const begin = performance.now()
eightSchools('float32').run(Number(process.argv[2]))
process.stdout.write(String((performance.now() - begin) / 1000))
