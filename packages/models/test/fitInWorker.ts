import { parentPort } from 'node:worker_threads'
import { largeFit } from './largeFit.ts'

// What a worker runs: a fit that asks for helpers of its own.
void largeFit().then((text) => parentPort!.postMessage(text))
