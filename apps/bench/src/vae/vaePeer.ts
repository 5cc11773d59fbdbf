import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NdArray } from '@variate/core'
import { environment } from '../peer/environment.ts'
import { PythonProcess } from '../peer/pythonProcess.ts'

export const LIBRARIES = ['torch', 'compiled', 'jax'] as const
export type Library = (typeof LIBRARIES)[number]

type Plain = NdArray<Float32Array>

/** Where an array is, for Python to read. */
interface Written {
  readonly path: string
  readonly shape: readonly number[]
}

/** PyTorch's or JAX's autoencoder, in a process that lives as long as the benchmark. */
export class VaePeer {
  readonly #python: PythonProcess
  readonly #folder: string

  private constructor(python: PythonProcess, folder: string) {
    this.#python = python
    this.#folder = folder
  }

  /** @param threads one, or as many as there are cores. */
  static async open(
    library: Library | 'convolutional',
    threads: 'one' | 'all',
    status: (text: string) => void,
  ): Promise<VaePeer> {
    const python = await environment(status)
    const folder = await mkdtemp(join(tmpdir(), 'variate-bench-'))
    return new VaePeer(new PythonProcess(python, ['vae.py', library, threads], { who: library }), folder)
  }

  async versions(): Promise<Record<string, string>> {
    return (await this.#python.ask('versions', {})) as Record<string, string>
  }

  async prepare(images: Plain, start: Readonly<Record<string, Plain>>, batch: number): Promise<void> {
    const written: Record<string, Written> = {}
    for (const [name, x] of Object.entries(start)) written[name] = await this.#written(name, x)
    await this.#python.ask('prepare', {
      images: await this.#written('images', images),
      start: written,
      batch,
    })
  }

  /** Losses of as many steps as there are rows of pixels and noise, in nats. */
  async values(pixels: Plain, noise: Plain): Promise<readonly number[]> {
    const given = {
      pixels: await this.#written('pixels', pixels),
      noise: await this.#written('noise', noise),
    }
    return ((await this.#python.ask('values', given)) as { losses: readonly number[] }).losses
  }

  /** So many more steps: seconds, and their losses. */
  async run(steps: number): Promise<{ readonly seconds: number; readonly losses: readonly number[] }> {
    return (await this.#python.ask('run', { steps })) as { seconds: number; losses: readonly number[] }
  }

  /** The most memory that the process has had, in bytes. */
  async peak(): Promise<number> {
    return ((await this.#python.ask('memory', {})) as { peak: number }).peak
  }

  async close(): Promise<void> {
    this.#python.close()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #written(name: string, { data, shape }: Plain): Promise<Written> {
    const path = join(this.#folder, `${name}.f32`)
    await writeFile(path, new Uint8Array(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength))
    return { path, shape }
  }
}
