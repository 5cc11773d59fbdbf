import '@tensorflow/tfjs-backend-cpu'
import { setBackend, scalar } from '@tensorflow/tfjs-core'
import { binarize, resampled } from '@variate/data'
import { vae } from '@variate/models/autoencoders'
import { digitSplit } from './digits/digitSplit.ts'
await setBackend('cpu'); scalar(0).dispose()
const { train, test } = await digitSplit()
const engine = process.argv[2] as 'onnx', e = Number(process.argv[3] ?? 3)
const go = async (epochs: number) => {
  const b = performance.now(), c = process.cpuUsage()
  let first = 0
  let lines = 0
  const fit = await vae({ epochs, ...(engine as string === 'auto' ? {} : { engine }) }).fit({ x: resampled(train, binarize) }, { seed: 0, onProgress: ({ text }) => { first ||= performance.now() - b; lines++; void text } })
  const u = process.cpuUsage(c)
  return { s: (performance.now() - b) / 1000, cpu: (u.user + u.system) / 1e6, first, lines, fit }
}
const a = await go(1), s = await go(1), l = await go(1 + e)
console.log(engine, 'cold 1', a.s.toFixed(2), 'first', a.first.toFixed(0), 'warm 1', s.s.toFixed(2), s.cpu.toFixed(2), 'first', s.first.toFixed(0), 'per epoch', ((l.s - s.s) / e).toFixed(3), 'cpu', ((l.cpu - s.cpu) / e).toFixed(3), l.fit.elbo, l.lines, 'rss', process.resourceUsage().maxRSS / 1000)
if (process.argv[4]) {
  const K = Number(process.argv[4])
  const b = performance.now(), c = process.cpuUsage()
  const r = await l.fit.estimateLogLikelihood(test, { particles: K, seed: 1 })
  const u = process.cpuUsage(c)
  console.log('lik', K, r.logLikelihood, r.standardError, (performance.now() - b) / 1000, (u.user + u.system) / 1e6)
}
