import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** Which sources are in a bundle of some exports, beside TensorFlow.js, and its bytes in gzip. */
async function bundled(contents: string) {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    conditions: ['@variate/source'],
    external: ['@tensorflow/tfjs-core'],
    write: false,
    metafile: true,
    outdir: 'out',
    logLevel: 'silent',
  })
  const files = Object.values(metafile.outputs)
    .flatMap(({ inputs }) => Object.entries(inputs))
    .flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? path : []))
  return { files, bytes: gzipSync(outputFiles[0]!.contents, { level: 9 }).length }
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
  expect(both.bytes - without.bytes).toBeLessThan(14_500)
})
