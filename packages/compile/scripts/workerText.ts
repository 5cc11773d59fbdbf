/**
 * Writes src/loop/worker/workerText.ts: `npx tsx packages/compile/scripts/workerText.ts`.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundledWorker } from './bundledWorker.ts'

const text = await bundledWorker()
const quoted = `'${text.replaceAll('\\', String.raw`\\`).replaceAll("'", String.raw`\'`)}'`
writeFileSync(
  join(import.meta.dirname, '../src/loop/worker/workerText.ts'),
  `// Made of loopWorker.ts by scripts/workerText.ts: a worker starts with it, wherever the package was bundled to.\n` +
    `export const WORKER_TEXT =\n  ${quoted}\n`,
)
