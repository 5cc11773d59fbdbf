import '@tensorflow/tfjs-backend-cpu'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setBackend, scalar } from '@tensorflow/tfjs-core'
import { binarize, resampled } from '@variate/data'
import { vae } from '@variate/models/autoencoders'
import { digitSplit } from './digits/digitSplit.ts'
await setBackend('cpu'); scalar(0).dispose()
const { train, test } = await digitSplit()
const v = vae({ epochs: 2 })
const P = '/tmp/mnistrun/ours2.safetensors'
if (!existsSync(P)) writeFileSync(P, (await v.fit({ x: resampled(train, binarize) }, { seed: 0 })).toBytes())
const fit = await v.load(readFileSync(P))
const K = Number(process.argv[2])
for (let i = 0; i < 2; i++) {
  const b = performance.now(), c = process.cpuUsage()
  const r = await fit.estimateLogLikelihood(test, { particles: K, seed: 1 })
  const u = process.cpuUsage(c)
  console.log('lik', K, r.logLikelihood, r.standardError, (performance.now() - b) / 1000, (u.user + u.system) / 1e6, process.resourceUsage().maxRSS / 1000)
}
