import * as workers from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { divided, dividedData } from './dividedModule.ts'

// What becomes of helpers, which are the same for all programs of a process.

const started: workers.Worker[] = []

class Worker extends workers.Worker {
  constructor(...given: ConstructorParameters<typeof workers.Worker>) {
    super(...given)
    started.push(this)
  }
}

vi.spyOn(process, 'getBuiltinModule').mockImplementation((name) =>
  name === 'node:worker_threads' ? ({ ...workers, Worker } as never) : (undefined as never),
)

async function helped({ run, threads }: ReturnType<typeof divided>): Promise<void> {
  threads.fill(0)
  for (const end = performance.now() + 20_000; performance.now() < end && !threads.includes(1);) {
    run()
    await new Promise((resolve) => setTimeout(resolve, 1))
  }
  expect(threads).toContain(1)
}

test('a thousand programs that are made and dropped start no more helpers than one', async () => {
  const data = dividedData(4, 3)
  for (let made = 0; made < 1000; made++) {
    const { run, times } = divided(data, 4)
    run()
    expect([...times]).toEqual([1, 1, 1, 1])
  }
  expect(started).toHaveLength(2)
})

test('a helper that dies is replaced, and results are right meanwhile', async () => {
  const program = divided(dividedData(16, 2), 16)
  await helped(program)
  const before = started.length
  for (const worker of started) await worker.terminate()
  await helped(program)
  expect(new Set(program.times).size).toBe(1)
  expect(started).toHaveLength(before + 1)
})

test('helpers that die again and again are not replaced for ever', async () => {
  const program = divided(dividedData(4, 2), 4)
  for (let times = 0; times < 12; times++) {
    program.run()
    for (const worker of started) await worker.terminate()
  }
  expect(started.length).toBeLessThan(8)
  program.run()
  expect(new Set(program.times).size).toBe(1)
})
