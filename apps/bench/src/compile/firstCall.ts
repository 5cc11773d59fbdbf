import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const run = promisify(execFile)
const COLD = fileURLToPath(new URL('../../peer/cold.py', import.meta.url))

/** What is done in a process of its own, if nothing else is said. */
const CHILD = new URL('child.ts', import.meta.url)

/** Seconds of a first call of so many steps, imports apart, in a process of its own. */
export type FirstCall = (steps: number) => Promise<number>

/** Ours, in plain Node as one file: a loader of TypeScript would compile while it is timed. */
export async function withOurFirstCall<Result>(
  use: (ours: FirstCall) => Promise<Result>,
  child: URL = CHILD,
): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'variate-bench-'))
  try {
    const outfile = join(folder, 'child.mjs')
    await build({
      entryPoints: [fileURLToPath(child)],
      outfile,
      bundle: true,
      platform: 'node',
      format: 'esm',
      conditions: ['@variate/source'],
      // Of TensorFlow.js's other files it is not said that they register a backend, and they would be left out.
      mainFields: ['module', 'main'],
      // TensorFlow.js requires Node's modules.
      banner: {
        js: `import { createRequire } from 'node:module'; const require = createRequire(import.meta.url)`,
      },
      logLevel: 'error',
    })
    return await use(async (steps) => Number((await run(process.execPath, [outfile, String(steps)])).stdout))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** NumPyro's `svi.run` as it is called, on one core. */
export function peerFirstCall(python: string): FirstCall {
  const env = { ...process.env, JAX_PLATFORMS: 'cpu' }
  return async (steps) => Number((await run(python, [COLD, String(steps)], { env })).stdout)
}
