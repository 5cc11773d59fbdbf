import { readFileSync } from 'node:fs'
import { defineConfig, type UserConfig } from 'tsdown'

type Target = string | null | { readonly [condition: string]: Target }

const SOURCE = '@variate/source'

/** One configuration for every package: the entries are the sources that its `exports` and `imports` name. */
const { exports, imports = {} } = JSON.parse(readFileSync('package.json', 'utf8')) as Record<string, Target>

function sources(target: Target, isSource: boolean): readonly string[] {
  if (typeof target === 'string') return isSource ? [target.replace(/^\.\//, '')] : []
  return Object.entries(target ?? {}).flatMap(([key, value]) => sources(value, isSource || key === SOURCE))
}

const config: UserConfig = defineConfig({
  cwd: process.cwd(), // the package's folder, not this file's
  entry: [...new Set([...sources(exports ?? null, false), ...sources(imports, false)])],
  format: 'esm',
  platform: 'neutral',
  dts: true,
  fixedExtension: false,
  tsconfig: '../../tsconfig.json',
})

export default config
