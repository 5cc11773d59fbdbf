import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { logProbs, type Bound } from '@variate/language/internal'
import type { Quadratic } from './quadratic.ts'
import type { TermSite } from './terms.ts'
import type { ContinuousSite } from './variables.ts'

type Tensors = Readonly<Record<string, Tensor>>

/**
 * Compiles what gives the terms of some sites in rows of values of latents, as functions of no normal latent.
 *
 * @param gaussian normal latents, which the terms do not depend on.
 */
export function termsAlone(
  { program, sizes, present }: Bound,
  gaussian: ReadonlyMap<string, ContinuousSite>,
  sites: readonly TermSite[],
): (values: Bound['values'], rows: Readonly<Record<string, NdArray>>) => Quadratic {
  const none = new NdArray(new Float64Array(0), [1, 0, 0])
  const zeros = Object.fromEntries(
    [...gaussian].map(([name, { lengths, event }]) => {
      const shape = [...lengths, ...event]
      return [name, new NdArray(new Float64Array(sizeOf(shape)), shape)]
    }),
  )
  const all = compile(
    (given: Tensors, masks: Tensors, rows: Tensors, count: number) =>
      batch(
        (row: Tensors) => {
          const logs = logProbs(program, sizes, { ...given, ...row }, masks)
          return Object.fromEntries(sites.map(({ name }) => [name, logs[name]!]))
        },
        { size: count },
      )(rows),
    { precision: 'float64' },
  )
  return (values, rows) => {
    const count = Object.values(rows)[0]?.shape[0] ?? 1
    const given = { ...values, ...zeros }
    const logs = all(given as never, present as never, rows as never, count) as never
    return { logs, gradient: none, hessian: none, points: new Float64Array(0) }
  }
}
