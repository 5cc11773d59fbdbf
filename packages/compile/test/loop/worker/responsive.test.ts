import { performance } from 'node:perf_hooks'
import type * as tf from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { key } from '@variate/core'
import { add, drawNormal, mul } from '@variate/core/ops'
import { runLoop } from '../../../src/index.ts'

const walk = (x: tf.Tensor, { key: own }: { key: tf.Tensor }) => add(mul(0.9, x), drawNormal(own, [100]))

/** How late timers were while a run was under way, in milliseconds, and which part of that time this thread was busy. */
async function during(worker: boolean): Promise<{ readonly late: number; readonly busy: number }> {
  const stop = new AbortController()
  const late: number[] = []
  let due = 0
  const next = (): NodeJS.Timeout => {
    due = performance.now() + 5
    return setTimeout(() => {
      late.push(performance.now() - due)
      timer = next()
    }, 5)
  }
  let timer: NodeJS.Timeout
  let before = performance.eventLoopUtilization()
  let busy = 0
  setTimeout(() => {
    busy = performance.eventLoopUtilization(before).utilization
    stop.abort()
  }, 1100)
  const run = runLoop(walk, {
    state: new Float64Array(100),
    count: 2e9,
    random: key(1),
    precision: 'float64',
    signal: stop.signal,
    worker,
  })
  // What it takes to trace and compile is not looked at.
  before = performance.eventLoopUtilization()
  timer = next()
  const { termination } = await run
  clearTimeout(timer)
  expect(termination.kind).toBe('aborted')
  return { late: late.toSorted((a, b) => a - b)[Math.floor(late.length / 2)]!, busy }
}

// Other processes make any one timer late: the median is compared, and with what it is without a worker, where steps take 16 ms.
test('a thread whose steps are gone in a worker is free', async () => {
  const [without, within] = [await during(false), await during(true)]
  expect(without.busy).toBeGreaterThan(0.8)
  expect(within.busy).toBeLessThan(0.3)
  expect(within.late).toBeLessThan(without.late / 2)
})
