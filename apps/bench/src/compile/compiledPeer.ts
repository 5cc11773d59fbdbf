import { environment } from '../peer/environment.ts'
import { PythonProcess } from '../peer/pythonProcess.ts'
import type { Precision } from './numbers.ts'
import type { Task } from './task.ts'

/** One core, one thread of XLA's pool; or all that the machine has. */
export const THREADS = ['one', 'all'] as const
export type Threads = (typeof THREADS)[number]

/** What a peer does: the name by which peer/compiled.py knows it. */
export interface PeerWork {
  readonly name: string
  readonly particles?: number
}

/** NumPyro and JAX in processes that live as long as the benchmark: one for each precision and way with threads. */
export class CompiledPeer {
  readonly python: string
  readonly #processes = new Map<string, PythonProcess>()

  private constructor(python: string) {
    this.python = python
  }

  static async open(status: (text: string) => void): Promise<CompiledPeer> {
    return new CompiledPeer(await environment(status))
  }

  async versions(): Promise<Record<string, string>> {
    return (await this.#process('one', 'float32').ask('versions', {})) as Record<string, string>
  }

  async prepare(
    { name, particles = 1 }: PeerWork,
    { inputs }: Task,
    on: Threads,
    precision: Precision,
  ): Promise<void> {
    const lists = Object.entries(inputs).map(([key, { data, shape }]) => [key, { data: [...data], shape }])
    await this.#process(on, precision).ask('prepare', { name, particles, inputs: Object.fromEntries(lists) })
  }

  /** What the task that was prepared comes to. */
  async values(on: Threads, precision: Precision): Promise<readonly number[]> {
    const answer = await this.#process(on, precision).ask('values', {})
    return (answer as { values: readonly number[] }).values
  }

  /** Seconds of so many steps or calls of it. */
  async run(repeats: number, on: Threads, precision: Precision): Promise<number> {
    return ((await this.#process(on, precision).ask('run', { repeats })) as { seconds: number }).seconds
  }

  close(): void {
    for (const process of this.#processes.values()) process.close()
  }

  #process(on: Threads, precision: Precision): PythonProcess {
    const name = `${on} ${precision}`
    let found = this.#processes.get(name)
    if (!found) {
      const env = { JAX_PLATFORMS: 'cpu', JAX_ENABLE_X64: precision === 'float64' ? '1' : '0' }
      found = new PythonProcess(this.python, ['compiled.py', on], { who: 'JAX', env })
      this.#processes.set(name, found)
    }
    return found
  }
}
