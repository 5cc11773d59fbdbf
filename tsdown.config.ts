import { readFileSync } from 'node:fs'
import { defineConfig } from 'tsdown'

type Exports = Record<string, { '@variate/source'?: string } | null>

/** One configuration for every package: the entries are those that its `exports` map names. */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Exports }
const entries = Object.values(exports).flatMap((target) => target?.['@variate/source'] ?? [])

export default defineConfig({
  entry: entries.map((entry) => entry.replace(/^\.\//, '')),
  format: 'esm',
  platform: 'neutral',
  dts: true,
  fixedExtension: false,
  tsconfig: '../../tsconfig.json',
})
