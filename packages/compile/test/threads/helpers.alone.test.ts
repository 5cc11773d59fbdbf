import * as workers from 'node:worker_threads'
import { expect, test, vi } from 'vitest'
import { instantiate } from '../../src/engine/instantiate.ts'
import { threaded } from '../../src/engine/threads/threaded.ts'
import { divided, dividedData } from './dividedModule.ts'

// What becomes of helpers, which are the same for all programs of a process.

const started: workers.Worker[] = []
const ended = new Set<workers.Worker>()

class Worker extends workers.Worker {
  constructor(...given: ConstructorParameters<typeof workers.Worker>) {
    super(...given)
    started.push(this)
  }

  override terminate(): Promise<number> {
    ended.add(this)
    return super.terminate()
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

test('helpers are ended when no call has ended for long, not right after one that took long', () => {
  let idle: (() => void) | undefined
  const timer = vi.spyOn(globalThis, 'setTimeout').mockImplementation(((f: () => void) => {
    idle = f
    return {}
  }) as never)
  const now = performance.now.bind(performance)
  let later = 0
  const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + later)
  const data = dividedData(4, 2)
  const instance = instantiate(data, {})
  const run = (): void => {
    instance.functions['run']!()
    later += 60_000
  }
  threaded({ ...instance, functions: { run } }, data).functions['run']!()
  expect(started).toHaveLength(1)
  idle!()
  expect(ended.size).toBe(0)
  later += 60_000
  idle!()
  expect(ended.size).toBe(1)
  timer.mockRestore()
  clock.mockRestore()
})

test('a thousand programs that are made and dropped start no more helpers than one', async () => {
  const before = started.length
  const data = dividedData(4, 3)
  for (let made = 0; made < 1000; made++) {
    const { run, times } = divided(data, 4)
    run()
    expect([...times]).toEqual([1, 1, 1, 1])
  }
  expect(started).toHaveLength(before + 2)
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
  expect(started.length).toBeLessThan(9)
  program.run()
  expect(new Set(program.times).size).toBe(1)
})
