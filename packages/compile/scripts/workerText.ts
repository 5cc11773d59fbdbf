/**
 * Writes src/engine/threads/helperText.ts and src/loop/worker/workerText.ts: `npx tsx packages/compile/scripts/workerText.ts`.
 */
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { bundledWorker } from './bundledWorker.ts'

async function write(name: string, module: string, text: string): Promise<void> {
  const script = await bundledWorker(module)
  const quoted = `'${script.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`
  writeFileSync(
    join(import.meta.dirname, '../src', text),
    `// Made of ${basename(module)} by scripts/workerText.ts: a worker starts with it, wherever the package was bundled to.\n` +
      `export const ${name} =\n  ${quoted}\n`,
  )
}

// Loops start helpers.
await write('HELPER_TEXT', 'engine/threads/helper.ts', 'engine/threads/helperText.ts')
await write('WORKER_TEXT', 'loop/worker/loopWorker.ts', 'loop/worker/workerText.ts')
