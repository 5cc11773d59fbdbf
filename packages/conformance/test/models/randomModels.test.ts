import '@tensorflow/tfjs-backend-cpu'
import * as fc from 'fast-check'
import { test } from 'vitest'
import { checkEvidence } from './checks.ts'
import { choicesOf } from './generate/choices.ts'
import { describeRandom } from './generate/describe.ts'

test('try', { timeout: 300_000 }, async () => {
  const failed: string[] = []
  let n = 0
  const cpu = process.cpuUsage()
  await fc.assert(
    fc.asyncProperty(fc.gen(), async (generate) => {
      n++
      const d = describeRandom(choicesOf(generate))
      try {
        await checkEvidence(d)
      } catch (e) {
        failed.push((e as Error).message + '\n' + JSON.stringify(d))
      }
    }),
    { numRuns: Number(process.env.RUNS ?? 50), seed: Number(process.env.SEED ?? 1) },
  )
  console.log(n, process.cpuUsage(cpu), failed.length)
  for (const f of failed) console.log(f.split('\n')[0])
  for (const f of failed.toSorted((a, b) => a.length - b.length).slice(0, 6)) console.log(f)
})
