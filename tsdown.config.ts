import { readFileSync } from 'node:fs'
import { defineConfig, type UserConfig } from 'tsdown'

type Exports = Record<string, { '@variate/source'?: string } | null>

/** One configuration for every package: the entries are those that its `exports` map names. */
const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Exports }
const entries = Object.values(exports).flatMap((target) => target?.['@variate/source'] ?? [])

const config: UserConfig = defineConfig({
  entry: entries.map((entry) => entry.replace(/^\.\//, '')),
  format: 'esm',
  platform: 'neutral',
  dts: true,
  fixedExtension: false,
  tsconfig: '../../tsconfig.json',
})

export default config
