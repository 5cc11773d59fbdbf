import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

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
    await build({
      entryPoints: [fileURLToPath(entry)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@variate/source'],
      // Of TensorFlow.js's other files it is not said that they register a backend, and they would be left out.
      mainFields: ['module', 'main'],
      // They load code of the machine, and files beside their own.
      external: ['onnxruntime-node', 'onnxruntime-web'],
      // TensorFlow.js requires Node's modules.
      banner: {
        js: `import { createRequire as requireAt } from 'node:module'; const require = requireAt(import.meta.url)`,
      },
      logLevel: 'error',
    })
    return await use(async (args, flags = []) => {
      const all = [...flags, outfile, ...args.map(String)]
      return (await promisify(execFile)(process.execPath, all)).stdout
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
