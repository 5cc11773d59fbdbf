import { environment } from '../peer/environment.ts'
import { PythonProcess } from '../peer/pythonProcess.ts'
import type { DigitFiles } from './digitFiles.ts'

/** What PyTorch's fit took. */
export interface PeerFit {
  /** By the clock, and of all its threads together. */
  readonly seconds: number
  readonly processor: number
  readonly history: readonly number[]
}

/** PyTorch in a process of its own: see peer/digits.py. */
export class DigitPeer {
  readonly #python: PythonProcess

  private constructor(python: PythonProcess) {
    this.#python = python
  }

  static async open(
    threads: number,
    { train, test }: DigitFiles,
    status: (text: string) => void,
  ): Promise<DigitPeer> {
    const own = new DigitPeer(
      new PythonProcess(await environment(status), ['digits.py', String(threads)], { who: 'PyTorch' }),
    )
    await own.#python.ask('load', { train, test })
    return own
  }

  versions(): Promise<Record<string, string>> {
    return this.#python.ask('versions', {}) as Promise<Record<string, string>>
  }

  /** @param model what the model is, as peer/digits.py takes it. */
  fit(epochs: number, seed: number, model: object): Promise<PeerFit> {
    return this.#python.ask('fit', { epochs, seed, ...model }) as Promise<PeerFit>
  }

  /** log p(x) of each digit of the test set, by the last fit, in nats. */
  likelihood(
    particles: number,
    seed: number,
  ): Promise<{ readonly seconds: number; readonly pointwise: readonly number[] }> {
    return this.#python.ask('likelihood', { particles, seed }) as never
  }

  /** The most memory that the process has had, in bytes. */
  async peak(): Promise<number> {
    return ((await this.#python.ask('memory', {})) as { peak: number }).peak
  }

  close(): void {
    this.#python.close()
  }
}
