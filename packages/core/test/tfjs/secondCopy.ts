import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type * as tfjs from '@tensorflow/tfjs-core'
import { vi } from 'vitest'

const require = createRequire(import.meta.url)

/** Loads a second tfjs-core, of a pretended version, from a folder of its own; `remove` deletes the folder. */
export function loadSecondCopy(version: string): { tf: typeof tfjs; path: string; remove: () => void } {
  const main = require.resolve('@tensorflow/tfjs-core')
  const folder = mkdtempSync(join(tmpdir(), 'second-copy-'))
  const path = join(folder, 'tf-core.node.js')
  cpSync(main, path)
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace("var version = '4.22.0'", `var version = '${version}'`),
  )
  symlinkSync(join(dirname(main), '../../..'), join(folder, 'node_modules'))
  // tfjs-core warns that its platform is set twice, if it is the second.
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {})
  const tf = require(path) as typeof tfjs
  warn.mockRestore()
  return { tf, path, remove: () => rmSync(folder, { recursive: true }) }
}
