import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/**
 * Which sources are in a bundle of some exports, beside TensorFlow.js and what is loaded when it is needed, and its bytes in gzip.
 */
async function bundled(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    conditions: ['@variate/source'],
    external: ['@tensorflow/tfjs-core'],
    write: false,
    metafile: true,
    outdir: 'out',
    logLevel: 'silent',
  })
  const chunks = new Set(['out/stdin.js'])
  for (const chunk of chunks) {
    for (const { kind, path } of metafile.outputs[chunk]!.imports)
      if (kind === 'import-statement' && path in metafile.outputs) chunks.add(path)
  }
  const files = [...chunks]
    .flatMap((chunk) => Object.entries(metafile.outputs[chunk]!.inputs))
    .flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : []))
  const parts = outputFiles.filter(({ path }) => [...chunks].some((chunk) => path.endsWith(chunk)))
  const bytes = gzipSync(Buffer.concat(parts.map(({ contents }) => contents)), { level: 9 }).length
  return { files, bytes }
}

const isOfOnnx = (file: string): boolean => /src\/onnx\/|@bufbuild/.test(file)

test('who compiles and exports no models downloads nothing that makes these', async () => {
  const { files } = await bundled("export * from '@variate/compile'")
  expect(files.filter(isOfOnnx)).toEqual([])
})

// The limit is what was reached, rounded up.
test('what makes models is small beside what compiles', async () => {
  const compile = "export { compile } from '@variate/compile'"
  const [without, both] = [
    await bundled(compile),
    await bundled(`${compile}; export { toOnnx } from '@variate/compile/onnx'`),
  ]
  expect(both.files.some(isOfOnnx)).toBe(true)
  expect(both.bytes - without.bytes).toBeLessThan(17_200)
})
