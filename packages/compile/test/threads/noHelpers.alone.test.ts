import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterAll, expect, test, vi } from 'vitest'
import { divided, dividedData } from './dividedModule.ts'

// A browser that lets helpers start, in which they fail at what they are first told.

const workers: FailingWorker[] = []

class FailingWorker {
  #hear: ((event: object) => void) | undefined
  isTerminated = false

  constructor() {
    workers.push(this)
  }

  addEventListener(type: string, listener: (event: object) => void): void {
    if (type === 'error') this.#hear = listener
  }

  postMessage(): void {
    queueMicrotask(() => this.#hear!({ message: 'out of memory' }))
  }

  terminate(): void {
    this.isTerminated = true
  }
}

vi.stubGlobal('Worker', FailingWorker)
afterAll(() => vi.unstubAllGlobals())

const collectGarbage = (): void => {
  setFlagsFromString('--expose-gc')
  const gc = runInNewContext('gc') as () => void
  gc()
}

test('helpers that failed are ended, and after some no more are started', async () => {
  const { run, times } = divided(dividedData(4, 2), 4)
  for (let calls = 1; calls <= 10; calls++) {
    run()
    expect([...times]).toEqual(Array(4).fill(calls))
    await Promise.resolve()
  }
  expect(workers).toHaveLength(4)
  expect(workers.map(({ isTerminated }) => isTerminated)).toEqual(Array(4).fill(true))
})

test('a program that nobody helps is let go of', async () => {
  const called = (): WeakRef<ArrayBufferLike> => {
    const { run, times } = divided(dividedData(4, 2), 4)
    run()
    return new WeakRef(times.buffer)
  }
  const memory = called()
  for (let again = 0; again < 100 && memory.deref(); again++) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    collectGarbage()
  }
  expect(memory.deref()).toBeUndefined()
})

test('where a worker cannot have the memory the thread that calls does all, and asks no more', async () => {
  vi.resetModules()
  workers.length = 0
  const refuse = vi.spyOn(FailingWorker.prototype, 'postMessage').mockImplementation(() => {
    throw new DOMException('memory cannot be cloned', 'DataCloneError')
  })
  const fresh = await import('./dividedModule.ts')
  const { run, times } = fresh.divided(fresh.dividedData(4, 2), 4)
  for (let calls = 1; calls <= 5; calls++) {
    run()
    expect([...times]).toEqual(Array(4).fill(calls))
  }
  expect(refuse).toHaveBeenCalledTimes(1)
  expect(workers).toHaveLength(1)
})
