import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './root.ts'

const SKIPPED: ReadonlySet<string> = new Set(['node_modules', 'dist', '.vitepress'])

/**
 * The files below a folder of the workspace whose name ends so: paths from the root, with forward slashes. Links are not followed:
 * those of packages to each other lead to the same files in as many ways as there are.
 */
export function filesBelow(folder: string, ending: string): readonly string[] {
  if (!existsSync(join(root, folder))) return []
  return allBelow(folder)
    .filter((path) => path.endsWith(ending))
    .toSorted()
}

function allBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return SKIPPED.has(entry.name) ? [] : allBelow(path)
    return entry.isFile() ? [path] : []
  })
}
