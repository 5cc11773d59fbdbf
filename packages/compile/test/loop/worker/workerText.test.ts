import { expect, test } from 'vitest'
import { bundledWorker } from '../../../scripts/bundledWorker.ts'
import { WORKER_TEXT } from '../../../src/loop/worker/workerText.ts'

test('the text of a worker is that of its modules: else run `npx tsx packages/compile/scripts/workerText.ts`', async () => {
  expect(WORKER_TEXT).toBe(await bundledWorker())
})

// The limit is what was reached, rounded up.
test('it holds nothing of TensorFlow.js or the compiler', () => {
  expect(WORKER_TEXT.length).toBeLessThan(4600)
})
