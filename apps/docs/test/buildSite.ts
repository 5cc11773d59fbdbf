import { execFile } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build, defaultClientConditions } from 'vite'

const APP = fileURLToPath(new URL('..', import.meta.url))

/** The whole site into a folder. Fails with what VitePress says: a dead link, for one. */
export async function buildSite(folder: string): Promise<void> {
  const manifest = createRequire(import.meta.url).resolve('vitepress/package.json')
  const program = join(dirname(manifest), 'bin/vitepress.js')
  const { NODE_ENV: _, ...env } = process.env // a test runner's, under which Vue is built for development
  try {
    await promisify(execFile)(process.execPath, [program, 'build', APP, '--outDir', folder], { env })
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string }
    throw new Error(`vitepress build failed:\n${stdout}${stderr}`, { cause: error })
  }
}

/** The probe of the packages as a page of its own, bundled as an application of a user's would be. */
export async function buildProbe(folder: string): Promise<void> {
  await build({
    root: join(APP, 'test/probe'),
    configFile: false,
    logLevel: 'error',
    mode: 'production',
    resolve: { conditions: ['@variate/source', ...defaultClientConditions] },
    build: { outDir: folder, emptyOutDir: true, target: 'es2022', reportCompressedSize: false },
  })
}

/** The addresses of all pages in a built site. */
export function pagesOf(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.html') && file !== '404.html')
    .map((file) => `/${file.replaceAll('\\', '/').replace(/(?:^|(?<=\/))index\.html$|\.html$/, '')}`)
    .toSorted()
}
