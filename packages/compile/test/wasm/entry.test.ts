import { build } from 'esbuild'
import { expect, test } from 'vitest'

test('what writes instructions can be had without TensorFlow.js, and without anything else', async () => {
  const { metafile } = await build({
    stdin: { contents: `export * from '@variate/compile/wasm'`, resolveDir: import.meta.dirname },
    bundle: true,
    format: 'esm',
    conditions: ['@variate/source'],
    packages: 'bundle',
    external: ['@variate/core', '@variate/core/*', '@tensorflow/*'],
    write: false,
    metafile: true,
    outdir: 'out',
    logLevel: 'silent',
  })
  const [output] = Object.values(metafile.outputs)
  expect(output!.imports).toEqual([])
  const files = Object.keys(metafile.inputs).map((path) => path.replace(/^.*(?=compile\/src)/, ''))
  expect(files.filter((file) => !/^(<stdin>|compile\/src\/(wasm|lower\/routines)\/)/.test(file))).toEqual([])
})
