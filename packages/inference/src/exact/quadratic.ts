import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile, hessianVectorProduct, valueAndGrad } from '@variate/compile'
import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { add, reshape, slice, sum } from '@variate/core/ops'
import { logProbs, type Bound } from '@variate/language/internal'
import type { TermSite } from './terms.ts'
import type { ContinuousSite } from './variables.ts'

type Tensors = Readonly<Record<string, Tensor>>

/** A function of continuous latents as a quadratic one at a point, for each of several rows of discrete ones. */
export interface Quadratic {
  /** Where it is taken, [rows, size]. */
  readonly points: Float64Array
  /** The terms at the point, by site: [rows, ...plates]. */
  readonly logs: Readonly<Record<string, NdArray>>
  /** The gradient of their sum, [rows, size]. */
  readonly gradient: NdArray
  /** Its second derivatives along each of the probes, [rows, probes, size]. */
  readonly hessian: NdArray
}

/**
 * Evaluates terms in rows of values of the discrete latents, each at a point of all continuous ones, one behind the other.
 *
 * @param points [rows, size]; 0 if not given.
 */
export type Quadratics = (
  values: Bound['values'],
  rows: Readonly<Record<string, NdArray>>,
  points?: Float64Array,
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
    (given: Tensors, masks: Tensors, rows: Tensors, points: Tensor, along: Tensor, count: number) =>
      batch((row: Tensors, point: Tensor) => ofRow(given, masks, row, point, along), { size: count })(
        rows,
        points,
      ),
    { precision: 'float64' },
  )
  const size = totalOf(continuous)
  return (values, rows, points) => {
    const count = Object.values(rows)[0]?.shape[0] ?? 1
    const at = points ?? new Float64Array(count * size)
    const found = all(
      values as never,
      present as never,
      rows as never,
      new NdArray(at, [count, size]) as never,
      probes,
      count,
    ) as unknown as Omit<Quadratic, 'points'>
    return { ...found, points: at }
  }
}
