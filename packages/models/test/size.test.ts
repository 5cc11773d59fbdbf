import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** What a page downloads for an import, compressed, and the files that it is of. */
async function bundle(what: string): Promise<{ bytes: number; files: readonly string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `export { ${what} } from '@variate/models'`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    conditions: ['@variate/source'],
    write: false,
    metafile: true,
    outdir: 'out',
    logLevel: 'silent',
  })
  const [output] = Object.values(metafile.outputs)
  const files = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  return {
    bytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length,
    files: files.map(([path]) => path.replace(/^.*(?=compile\/src)/, '')),
  }
}

// Limits are what was reached, rounded up.

test('a bundle of gaussianMixture holds of the compiler only what writes instructions and starts threads', async () => {
  const { bytes, files } = await bundle('gaussianMixture')
  const ofCompiler = files.filter((file) => file.startsWith('compile/src'))
  expect(ofCompiler.length).toBeGreaterThan(0)
  expect(ofCompiler.filter((file) => /src\/(trace|graph|loop|batch|derive|compiled)\//.test(file))).toEqual(
    [],
  )
  expect(files.filter((file) => file.includes('tensorflow'))).toEqual([])
  expect(bytes).toBeLessThan(56_900)
})

test('a bundle of kMeans holds nothing of it', async () => {
  const { bytes, files } = await bundle('kMeans')
  expect(files.filter((file) => file.startsWith('compile/src'))).toEqual([])
  expect(bytes).toBeLessThan(18_200)
})
