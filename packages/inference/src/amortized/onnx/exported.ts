import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { toOnnx } from '@variate/compile/onnx'
import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { SiteTensors } from '@variate/families'
import type { Declaration, RandomSite } from '@variate/language/internal'
import { compileOptions, type Applied } from '../applied.ts'

/** Tensors by what they are and the names of sites. */
export type Results = Readonly<Record<string, SiteTensors | Readonly<Record<string, SiteTensors>>>>

/** A function of the values of some sites, an example a row, as a model whose inputs have their names. */
export function exported(
  applied: Applied,
  part: string,
  sites: readonly Declaration[],
  f: (own: SiteTensors, count: number) => Results,
): Uint8Array<ArrayBuffer> {
  const { program, specs, distributions } = applied.setting.model
  const names = sites.map(({ name }) => name)
  const run = compile(
    (...xs: readonly Tensor[]) =>
      f(Object.fromEntries(names.map((name, i) => [name, xs[i]!])), xs[0]!.shape[0]!),
    compileOptions(applied),
  )
  /** Pixels may be brightnesses, which networks read. */
  const isReal = (site: Declaration): boolean =>
    specs[site.name]!.dtype === 'float32' ||
    (site.kind === 'observed' && distributions.get(site as RandomSite)?.name === 'bernoulli')
  const args = (count: number): NdArray[] =>
    sites.map((site) => {
      const shape = [count, ...specs[site.name]!.shape.slice(1)]
      return new NdArray(
        isReal(site) ? new Float32Array(sizeOf(shape)) : new Int32Array(sizeOf(shape)),
        shape,
      )
    })
  return toOnnx(run, {
    args,
    inputs: names,
    prune: true,
    doc: `The ${part} of model "${program.name}"`,
  } as never)
}
