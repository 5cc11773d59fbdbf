import { fileURLToPath } from 'node:url'
import { build, defaultServerConditions, type Rollup } from 'vite'
import { describe, expect, it } from 'vitest'

const entry = fileURLToPath(new URL('../src/index.ts', import.meta.url))

/** What a bundle of the package holds and what it leaves to be imported, each as file names or specifiers. */
async function bundle(ssr: boolean): Promise<{ modules: string[]; imports: string[] }> {
  const { output } = (await build({
    configFile: false,
    logLevel: 'silent',
    root: fileURLToPath(new URL('..', import.meta.url)),
    resolve: { conditions: ['@variate/source'] },
    ssr: {
      noExternal: [/^@variate/],
      resolve: { conditions: ['@variate/source', ...defaultServerConditions] },
    },
    build: {
      write: false,
      minify: false,
      ssr,
      rollupOptions: { input: entry, preserveEntrySignatures: 'strict' },
    },
  })) as Rollup.RollupOutput
  const chunks = output.filter((file) => file.type === 'chunk')
  return {
    modules: chunks.flatMap(({ moduleIds }) => moduleIds),
    imports: chunks.flatMap(({ imports, dynamicImports }) => [...imports, ...dynamicImports]),
  }
}

describe('bundles', () => {
  it('for browsers are without linkedom', async () => {
    const { modules, imports } = await bundle(false)
    expect(modules).toContain(entry)
    expect(modules.filter((id) => id.includes('/node_modules/linkedom/'))).toEqual([])
    expect(imports).not.toContain('linkedom')
  }, 60_000)

  it('for rendering on a server import linkedom as they do any dependency', async () => {
    const { modules, imports } = await bundle(true)
    expect(modules).toContain(entry)
    expect(imports).toContain('linkedom')
  }, 60_000)
})
