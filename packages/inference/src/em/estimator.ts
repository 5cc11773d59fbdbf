import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { cholesky, constant, log, log1p, neg, reshape, slice, sub } from '@variate/core/ops'
import type { Distribution, ExponentialFamily } from '@variate/distributions'
import type { Bound } from '@variate/language/internal'
import { termAt, type Tensors } from '../exact/termAt.ts'
import type { Term } from '../exact/terms.ts'
import type { Completion } from './completions.ts'
import type { Parameters } from './parameters.ts'
import { rowOfTerm } from './rowsOfTerm.ts'

/** Told where a family estimates what is known: its maximum likelihood is not what is looked for. */
export class Estimated extends Error {}

export interface Estimates {
  readonly selected: Readonly<Record<string, NdArray>>
  readonly fixed: Readonly<Record<string, NdArray>>
}

/** Compiles the weighted maximum likelihood of all groups, by the family of the term's first element. */
export function estimator(
  bound: Bound,
  term: Term,
  wanted: readonly string[],
  fixed: readonly string[],
): (values: Parameters, completion: Completion, x: NdArray, w: NdArray) => Estimates {
  const all = compile(
    (given: Tensors, row: Tensors, x: Tensor, w: Tensor) => {
      const of = (made: Distribution): Record<'selected' | 'fixed', Tensors> => {
        const weights = reshape(w, [...w.shape, ...made.batchShape.map(() => 1)])
        const fit = (made as Distribution & ExponentialFamily<Distribution>).fit(x, { weights })
        const pick = (names: readonly string[]): Tensors =>
          Object.fromEntries(names.map((name) => [name, parameterOf(fit, made, name)]))
        return { selected: pick(wanted), fixed: pick(fixed) }
      }
      const { selected, fixed: known } = termAt(bound, term, given, rowOfTerm(term, row), of)
      return { selected: firsts(selected, term), fixed: firsts(known, term) }
    },
    { precision: 'float64' },
  )
  return (values, { rows }, x, w) => {
    const row = Object.fromEntries(Object.entries(rows).map(([name, own]) => [name, firstOf(own)]))
    return all(values as never, row as never, x as never, w as never) as unknown as Estimates
  }
}

/** Of results for all elements of a term that of the first: all are the same. */
function firsts(all: Tensors, { lengths }: Term): Tensors {
  const axes = lengths.length
  return Object.fromEntries(
    Object.entries(all).map(([name, x]) => {
      const size = x.shape.map((length, axis) => (axis < axes ? 1 : length))
      const first = slice(
        x,
        x.shape.map(() => 0),
        size,
      )
      return [name, reshape(first, x.shape.slice(axes))]
    }),
  )
}

function firstOf({ data, shape }: NdArray): NdArray {
  const own = shape.slice(1)
  return new NdArray(data.slice(0, sizeOf(own)), own)
}

/** A parameter of what was fitted, in the terms in which the site has it. */
function parameterOf({ parameters }: Distribution, { name: family }: Distribution, name: string): Tensor {
  const found = (own: string): Tensor => constant(parameters[own] as never)
  if (name in parameters) return found(name)
  if (name === 'logits' && 'probs' in parameters) {
    const logs = log(found('probs'))
    return constant(CATEGORIES.has(family) ? logs : sub(logs, log1p(neg(found('probs')))))
  }
  if (name === 'scaleTril') return cholesky(found('covariance'))
  throw new Estimated(name)
}

/** The distributions whose probabilities are of categories. */
export const CATEGORIES: ReadonlySet<string> = new Set(['categorical', 'oneHotCategorical', 'multinomial'])
