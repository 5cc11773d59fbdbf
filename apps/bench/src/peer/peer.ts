import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NdArray } from '@variate/core'
import { environment } from './environment.ts'
import { PythonProcess } from './pythonProcess.ts'

/** Where a fit starts: one precision serves every component and axis. */
export interface MixtureStart {
  /** [K, d]. */
  readonly means: readonly (readonly number[])[]
  /** [K]. */
  readonly weights: readonly number[]
  readonly precision: number
}

/** What is asked of scikit-learn's mixture; see peer/mixture.py. */
export interface PeerMixtureRequest {
  readonly name: string
  readonly covariance: string
  readonly start: MixtureStart
  readonly iterations: number
  readonly tolerance?: number
  readonly regularization?: number
  readonly threads?: number
  /** Whether the log-likelihood and the labels are wanted. */
  readonly evaluate?: boolean
}

export interface PeerMixtureAnswer {
  readonly seconds: number
  readonly iterations: number
  /** Nats, under the parameters that the last M-step left. */
  readonly logLikelihood?: number
  /** [n]. */
  readonly labels?: readonly number[]
}

/** What is asked of NumPy's generator: a method of it, and its arguments before the size. */
export interface PeerDrawRequest {
  readonly distribution: string
  readonly parameters: readonly number[]
  readonly count: number
  readonly seed: number
}

export interface PeerDrawAnswer {
  readonly seconds: number
  readonly mean: number
}

/** scikit-learn in a process that lives as long as a benchmark, so that both sides take turns in one run. */
export class Peer {
  readonly #python: PythonProcess
  readonly #folder: string

  private constructor(python: PythonProcess, folder: string) {
    this.#python = python
    this.#folder = folder
  }

  static async open(status: (text: string) => void): Promise<Peer> {
    const python = await environment(status)
    const folder = await mkdtemp(join(tmpdir(), 'variate-bench-'))
    return new Peer(new PythonProcess(python, ['peer.py'], { who: 'scikit-learn' }), folder)
  }

  versions(): Promise<Record<string, string>> {
    return this.#python.ask('versions', {}) as Promise<Record<string, string>>
  }

  /** Hands over data once, as a file of raw float64 numbers. */
  async load(name: string, x: NdArray<Float64Array>): Promise<void> {
    const path = join(this.#folder, `${name}.f64`)
    const { buffer, byteOffset, byteLength } = x.data
    await writeFile(path, new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
    await this.#python.ask('load', { name, path, shape: x.shape })
    await rm(path)
  }

  /** A start from scikit-learn's k-means. */
  start(name: string, components: number): Promise<MixtureStart> {
    return this.#python.ask('start', { name, components }) as Promise<MixtureStart>
  }

  mixture(request: PeerMixtureRequest): Promise<PeerMixtureAnswer> {
    return this.#python.ask('mixture', request) as Promise<PeerMixtureAnswer>
  }

  /** Draws from NumPy's generator, timed. */
  draw(request: PeerDrawRequest): Promise<PeerDrawAnswer> {
    return this.#python.ask('draw', request) as Promise<PeerDrawAnswer>
  }

  async close(): Promise<void> {
    this.#python.close()
    await rm(this.#folder, { recursive: true, force: true })
  }
}
