import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

// What a reader of a page downloads for these imports, beside TensorFlow.js, and what of it is this package's own. Limits are
// what was reached, rounded up: the aims are 6 kB for one distribution and 60 kB for all.
const CORE = ['@variate/core', '@variate/core/internal', '@variate/core/ops']
const LIMITS = [
  ['export { normal }', 8400, []],
  ['export { normal }', 3300, CORE],
  ['export *', 75_400, []],
  ['export *', 48_300, CORE],
] as const

async function bundle(
  imports: string,
  outside: readonly string[] = [],
): Promise<{ bytes: number; files: string[] }> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: `${imports} from '@variate/distributions'`, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    conditions: ['@variate/source'],
    external: ['@tensorflow/tfjs-core', ...outside],
    write: false,
    metafile: true,
    outdir: 'out',
    logLevel: 'silent',
  })
  const [output] = Object.values(metafile.outputs)
  const files = Object.entries(output!.inputs).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  return {
    bytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length,
    files: files.map(([path]) => path.replace(/^.*(?=packages|src)/, '')),
  }
}

test.each(LIMITS)(
  'a bundle of `%s` stays below %d bytes when compressed, without %j',
  async (what, limit, outside) => {
    const { bytes } = await bundle(what, outside)
    expect(bytes).toBeLessThan(limit)
  },
)

test('a bundle of one distribution holds no other', async () => {
  const { files } = await bundle('export { normal }')
  expect(files).toContain('src/normal.ts')
  expect(files.filter((file) => /kl|biject|linalg|matrix|gamma|beta|uniform/i.test(file))).toEqual([])
})
