import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { NdArray } from '@variate/core'
import { environment } from './environment.ts'

const SCRIPT = fileURLToPath(new URL('../../peer/peer.py', import.meta.url))

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
  readonly #process: ChildProcess
  readonly #answers: AsyncIterator<string>
  readonly #folder: string

  private constructor(process: ChildProcess, folder: string) {
    this.#process = process
    this.#folder = folder
    this.#answers = createInterface({ input: process.stdout! })[Symbol.asyncIterator]()
  }

  static async open(status: (text: string) => void): Promise<Peer> {
    const python = await environment(status)
    const folder = await mkdtemp(join(tmpdir(), 'variate-bench-'))
    return new Peer(spawn(python, [SCRIPT], { stdio: ['pipe', 'pipe', 'inherit'] }), folder)
  }

  versions(): Promise<Record<string, string>> {
    return this.#ask('versions', {}) as Promise<Record<string, string>>
  }

  /** Hands over data once, as a file of raw float64 numbers. */
  async load(name: string, x: NdArray<Float64Array>): Promise<void> {
    const path = join(this.#folder, `${name}.f64`)
    const { buffer, byteOffset, byteLength } = x.data
    await writeFile(path, new Uint8Array(buffer as ArrayBuffer, byteOffset, byteLength))
    await this.#ask('load', { name, path, shape: x.shape })
    await rm(path)
  }

  /** A start from scikit-learn's k-means. */
  start(name: string, components: number): Promise<MixtureStart> {
    return this.#ask('start', { name, components }) as Promise<MixtureStart>
  }

  mixture(request: PeerMixtureRequest): Promise<PeerMixtureAnswer> {
    return this.#ask('mixture', request) as Promise<PeerMixtureAnswer>
  }

  /** Draws from NumPy's generator, timed. */
  draw(request: PeerDrawRequest): Promise<PeerDrawAnswer> {
    return this.#ask('draw', request) as Promise<PeerDrawAnswer>
  }

  async close(): Promise<void> {
    this.#process.stdin!.end()
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #ask(operation: string, request: object): Promise<unknown> {
    this.#process.stdin!.write(`${JSON.stringify({ operation, ...request })}\n`)
    const { value, done } = await this.#answers.next()
    if (done) throw new Error(`the Python process ended during "${operation}"`)
    const answer = JSON.parse(value) as { error?: string }
    if (answer.error !== undefined) throw new Error(`scikit-learn, "${operation}": ${answer.error}`)
    return answer
  }
}
