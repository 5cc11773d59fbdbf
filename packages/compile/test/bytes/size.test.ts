import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { expect, test } from 'vitest'

// Beside TensorFlow.js. The limit is what was reached, rounded up.
test('what a worker downloads to run programs from bytes is small, and neither traces nor emits', async () => {
  const { outputFiles, metafile } = await build({
    stdin: { contents: "export { fromBytes } from '@variate/compile'", resolveDir: import.meta.dirname },
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
  expect(files.filter((file) => /src\/(trace|wasm|lower|batch|derive|loop)\//.test(file))).toEqual([])
  expect(gzipSync(outputFiles[0]!.contents, { level: 9 }).length).toBeLessThan(4000)
})
