import { build } from 'esbuild'
import { expect, test } from 'vitest'

/** The sources that a page downloads for an import, and those that it downloads when it needs them. */
async function sources(contents: string) {
  const { metafile } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    splitting: true,
    format: 'esm',
    conditions: ['@variate/source'],
    external: ['@tensorflow/tfjs-core', 'onnxruntime-node', 'onnxruntime-web'],
    write: false,
    metafile: true,
    outdir: 'out',
    logLevel: 'silent',
  })
  const first = new Set(['out/stdin.js'])
  for (const chunk of first)
    for (const { kind, path } of metafile.outputs[chunk]!.imports)
      if (kind === 'import-statement' && path in metafile.outputs) first.add(path)
  const within = (chunks: readonly string[]): readonly string[] =>
    chunks.flatMap((chunk) =>
      Object.entries(metafile.outputs[chunk]!.inputs).flatMap(([path, { bytesInOutput }]) =>
        bytesInOutput > 0 ? [path] : [],
      ),
    )
  return {
    first: within([...first]),
    later: within(Object.keys(metafile.outputs).filter((chunk) => !first.has(chunk))),
  }
}

const writesModels = (path: string): boolean => /compile\/src\/onnx\/|amortized\/onnx\/|@bufbuild/.test(path)

test('what writes ONNX models is downloaded when a model is asked for', async () => {
  const { first, later } = await sources("export { amortized } from '@variate/inference'")
  expect(first.some((path) => path.endsWith('amortized/fitOf.ts'))).toBe(true)
  expect(first.filter(writesModels)).toEqual([])
  expect(later.some(writesModels)).toBe(true)
})
