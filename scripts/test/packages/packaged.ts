import type { Manifest, Package } from '../../lib/workspace.ts'

interface Planted {
  readonly index?: string
  readonly manifest?: Partial<Manifest>
  readonly files?: Readonly<Record<string, string>>
  readonly readme?: string
}

/** A package in good order, but for what is planted in it. */
export function packaged(
  folder: string,
  { index = 'export {}', manifest = {}, files = {}, readme }: Planted = {},
): Package {
  const name = folder === 'variate' ? 'variate' : `@variate/${folder}`
  const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } }
  return {
    folder,
    manifest: {
      name,
      version: '0.0.0',
      description: 'A package',
      license: 'Apache-2.0',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20.19' },
      files: ['dist', 'src'],
      exports: { '.': { '@variate/source': './src/index.ts', ...exports['.'] } },
      publishConfig: { access: 'public', exports },
      scripts: { build: 'tsdown --config ../../tsdown.config.ts' },
      ...manifest,
    },
    files: Object.entries({ 'src/index.ts': index, ...files }).map(([path, text]) => ({ path, text })),
    readme: readme ?? `# ${name}\n`,
  }
}
