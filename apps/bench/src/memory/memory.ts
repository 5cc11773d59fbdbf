import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import type { Benchmark, Report } from '../benchmark.ts'
import { machine } from '../machine.ts'
import { megabytes, type Moment } from './watchMemory.ts'

/** What a fit in a process of its own used, in bytes. */
export interface MemoryFigures {
  /** The data's. */
  readonly input: number
  readonly before: Moment
  readonly peak: Moment
  /** What the operating system gave the process, at most; Node and the data included. */
  readonly peakResident: number
  readonly iterations: number
}

/** Peak of array buffers and heap, less the input, in units of the input. */
const TARGET = 1.5

/**
 * Peak memory of a fit with default options (k-means start included) of 1,000,000 observations: the process is
 * plain Node, and both its array buffers and all of its heap count.
 */
export const memory: Benchmark = {
  name: 'memory',
  about: 'EM for Gaussian mixtures: peak memory for a million observations',
  async run({ quick, status }) {
    status('fitting')
    return report(await measureMemory(quick ? 200_000 : 1_000_000), quick)
  },
}

/** Runs child.ts in plain Node, as one file: a loader of TypeScript would count as heap. */
export async function measureMemory(observations: number): Promise<MemoryFigures> {
  const folder = await mkdtemp(join(tmpdir(), 'variate-bench-'))
  try {
    const outfile = join(folder, 'child.mjs')
    await build({
      entryPoints: [fileURLToPath(new URL('child.ts', import.meta.url))],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@variate/source'],
      logLevel: 'error',
    })
    const { stdout } = await promisify(execFile)(process.execPath, [
      '--expose-gc',
      outfile,
      String(observations),
    ])
    return JSON.parse(stdout) as MemoryFigures
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** Peak of array buffers and heap less the input, in units of the input. */
export function memoryRatio({ peak, input }: MemoryFigures): number {
  return (peak.arrayBuffers + peak.heapUsed - input) / input
}

function report(figures: MemoryFigures, quick: boolean): Report {
  const { input, before, peak, peakResident, iterations } = figures
  const ratio = memoryRatio(figures)
  const on = machine()
  return {
    title: 'Peak memory of a fit: full covariance, d 2, K 5, default options',
    header: ['', 'array buffers', 'heap', 'together, less the input', 'ratio to the input', 'target', ''],
    rows: [
      [...cells('before the fit', before, input), '', '', ''],
      [
        ...cells('at the peak', peak, input),
        `${ratio.toFixed(2)}×`,
        `≤ ${TARGET}×`,
        quick ? '' : ratio <= TARGET ? 'met' : 'missed',
      ],
    ],
    notes: [
      `Input ${megabytes(input)}, ${iterations} iterations; peak: ${peak.during}; resident at most ${megabytes(peakResident)}.`,
      on,
    ],
    failures: [],
    record: { machine: on, target: TARGET, ratio, ...figures },
  }
}

function cells(name: string, { arrayBuffers, heapUsed }: Moment, input: number): string[] {
  return [name, megabytes(arrayBuffers), megabytes(heapUsed), megabytes(arrayBuffers + heapUsed - input)]
}
