import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { NdArray } from '@variate/core'
import type { DigitSplit } from './digitSplit.ts'

/** Where the digits are, as raw float32 numbers, a digit a row: for processes of their own. */
export interface DigitFiles {
  readonly train: string
  readonly test: string
}

const PIXELS = 784

/** Writes digits to files, which are there until what uses them has ended. */
export async function withDigitFiles<Result>(
  { train, test }: DigitSplit,
  use: (files: DigitFiles) => Promise<Result>,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'variate-bench-'))
  try {
    const files = { train: join(folder, 'train.f32'), test: join(folder, 'test.f32') }
    await writeFile(files.train, bytesOf(train))
    await writeFile(files.test, bytesOf(test))
    return await use(files)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The digits in a file. */
export async function digitsIn(path: string): Promise<NdArray<Float32Array>> {
  const bytes = await readFile(path)
  const data = new Float32Array(new Uint8Array(bytes).buffer)
  return new NdArray(data, [data.length / PIXELS, PIXELS])
}

function bytesOf({ data }: NdArray<Float32Array>): Uint8Array {
  return new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
}
