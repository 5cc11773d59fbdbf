import { expect, test } from 'vitest'
import { bundledWorker } from '../../../scripts/bundledWorker.ts'
import { HELPER_TEXT } from '../../../src/engine/threads/helperText.ts'
import { WORKER_TEXT } from '../../../src/loop/worker/workerText.ts'

test('the text of a worker is that of its modules: else run `npx tsx packages/compile/scripts/workerText.ts`', async () => {
  expect(WORKER_TEXT).toBe(await bundledWorker('loop/worker/loopWorker.ts'))
})

// The limit is what was reached, rounded up.
test('it holds nothing of TensorFlow.js or the compiler', () => {
  expect(WORKER_TEXT.length).toBeLessThan(9600)
})

test('and so is the text of helpers', async () => {
  expect(HELPER_TEXT).toBe(await bundledWorker('engine/threads/helper.ts'))
  expect(HELPER_TEXT.length).toBeLessThan(900)
})
