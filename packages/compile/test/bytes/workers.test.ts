import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { expect, test } from 'vitest'
import '@tensorflow/tfjs-backend-cpu'
import { bundledFile } from '@variate/testing/bundledFile'
import { plain } from './plain.ts'
import { programs } from './programs.ts'
import type { Task } from './worker.ts'

const file = bundledFile(join(import.meta.dirname, 'worker.ts'))

interface Report {
  readonly results: readonly string[]
  readonly start: number
  readonly end: number
}

function report(workerData: Task): Promise<Report> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(file, { workerData })
    worker.once('message', resolve)
    worker.once('error', reject)
  })
}

test.each(['float32', 'float64'] as const)(
  'two programs run at once in two workers, and give what they give here, in %s',
  async (precision) => {
    const all = programs({ precision })
    const pair = ['a model with its gradient', 'a loop with draws'].map((name) => all[name]!)
    const ready = new Int32Array(new SharedArrayBuffer(4))
    const reports = await Promise.all(
      pair.map(({ f, args }) => report({ bytes: f.toBytes(...args), args, times: 500, ready })),
    )
    for (const [i, { f, args }] of pair.entries()) {
      expect(reports[i]!.results).toEqual([JSON.stringify(plain(f(...args)))])
    }
    const [a, b] = reports as [Report, Report]
    expect(Math.max(a.start, b.start), 'both had begun before one ended').toBeLessThan(Math.min(a.end, b.end))
  },
)
