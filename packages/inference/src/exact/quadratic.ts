import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, hessianVectorProduct, valueAndGrad } from '@variate/compile'
import type { NdArray } from '@variate/core'
import { add, reshape, slice, sum } from '@variate/core/ops'
import { logProbs, type Bound } from '@variate/language/internal'
import type { TermSite } from './terms.ts'
import { sizeOf, type ContinuousSite } from './variables.ts'

type Tensors = Readonly<Record<string, Tensor>>

/** A function of continuous latents as a quadratic one at a point, for each of several rows of discrete ones. */
export interface Quadratic {
  /** The terms at the point, by site: [rows, ...plates]. */
  readonly logs: Readonly<Record<string, NdArray>>
  /** The gradient of their sum, [rows, size]. */
  readonly gradient: NdArray
  /** Its second derivatives along each of the probes, [rows, probes, size]. */
  readonly hessian: NdArray
}

/** Evaluates terms at a point of all continuous latents, one behind the other, and rows of values of the discrete ones. */
export type Quadratics = (
  values: Bound['values'],
  rows: Readonly<Record<string, NdArray>>,
  point: Float64Array,
) => Quadratic

/** The places of continuous latents in a vector of all of them. */
export function offsetsOf(
  continuous: ReadonlyMap<string, ContinuousSite>,
): ReadonlyMap<string, { readonly from: number; readonly size: number }> {
  let from = 0
  return new Map(
    [...continuous].map(([name, { lengths, event }]) => {
      const place = { from, size: sizeOf(lengths) * sizeOf(event) }
      from += place.size
      return [name, place]
    }),
  )
}

/** How many numbers all continuous latents are. */
export function totalOf(continuous: ReadonlyMap<string, ContinuousSite>): number {
  return [...offsetsOf(continuous).values()].reduce((total, { size }) => total + size, 0)
}

/**
 * Compiles what gives the terms of some sites, and two derivatives of their sum, by the continuous latents.
 *
 * @param probes the directions along which second derivatives are taken, [probes, size]. What no term has together can be
 *   in one: second derivatives do not mix it.
 */
export function quadraticsOf(
  bound: Bound,
  continuous: ReadonlyMap<string, ContinuousSite>,
  sites: readonly TermSite[],
  probes: NdArray,
): Quadratics {
  const { program, sizes, present } = bound
  const places = offsetsOf(continuous)
  const termsAt = (given: Tensors, masks: Tensors, row: Tensors, point: Tensor): Record<string, Tensor> => {
    const latents = [...continuous].map(([name, { lengths, event }]): [string, Tensor] => {
      const place = places.get(name)!
      return [name, reshape(slice(point, [place.from], [place.size]), [...lengths, ...event])]
    })
    const logs = logProbs(program, sizes, { ...given, ...row, ...Object.fromEntries(latents) }, masks)
    return Object.fromEntries(sites.map(({ name }) => [name, logs[name]!]))
  }
  const ofRow = (given: Tensors, masks: Tensors, row: Tensors, point: Tensor, along: Tensor) => {
    const total = (at: Tensor): Tensor =>
      Object.values(termsAt(given, masks, row, at))
        .map((x) => sum(x))
        .reduce((a, b) => add(a, b))
    const product = hessianVectorProduct(total)
    return {
      logs: termsAt(given, masks, row, point),
      gradient: valueAndGrad(total)(point).grads[0],
      hessian: batch((direction: Tensor) => product([point], [direction])[0])(along),
    }
  }
  const all = compile(
    (given: Tensors, masks: Tensors, rows: Tensors, point: Tensor, along: Tensor, count: number) =>
      batch((row: Tensors) => ofRow(given, masks, row, point, along), { size: count })(rows),
    { precision: 'float64' },
  )
  return (values, rows, point) => {
    const count = Object.values(rows)[0]?.shape[0] ?? 1
    return all(values as never, present as never, rows as never, point, probes, count) as unknown as Quadratic
  }
}
