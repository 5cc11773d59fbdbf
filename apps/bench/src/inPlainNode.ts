import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bundle } from '@variate/testing/bundle'

/** What a program prints, run in a process of its own. */
export type Run = (args: readonly (string | number)[], flags?: readonly string[]) => Promise<string>

/** Where a program finds the packages that are not put into its file. */
const FOLDER = fileURLToPath(new URL('../node_modules/.cache', import.meta.url))

/** A program in plain Node as one file: a loader of TypeScript would compile while it is timed, and count as memory. */
export async function inPlainNode<Result>(entry: URL, use: (run: Run) => Promise<Result>): Promise<Result> {
  await mkdir(FOLDER, { recursive: true })
  const folder = await mkdtemp(join(FOLDER, 'variate-bench-'))
  try {
    const outfile = join(folder, 'child.mjs')
    // They load code of the machine, and files beside their own.
    await bundle(fileURLToPath(entry), outfile, ['onnxruntime-node', 'onnxruntime-web'])
    return await use(async (args, flags = []) => {
      const all = [...flags, outfile, ...args.map(String)]
      return (await promisify(execFile)(process.execPath, all)).stdout
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
