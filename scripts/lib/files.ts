import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

const SKIPPED = /(^|\/)(node_modules|dist|\.vitepress)(\/|$)/

/** The files below a folder of the workspace whose name ends so: paths from the root, with forward slashes. */
export function filesBelow(folder: string, ending: string): readonly string[] {
  const at = join(root, folder)
  if (!existsSync(at)) return []
  return readdirSync(at, { recursive: true, encoding: 'utf8' })
    .map((path) => `${folder}/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith(ending) && !SKIPPED.test(path))
    .toSorted()
}
