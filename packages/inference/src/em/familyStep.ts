import type { Tensor } from '@tensorflow/tfjs-core'
import { compile } from '@variate/compile'
import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import {
  cholesky,
  constant,
  eye,
  log,
  log1p,
  neg,
  reshape,
  slice,
  solvePositive,
  sub,
} from '@variate/core/ops'
import type { Distribution, ExponentialFamily } from '@variate/distributions'
import type { Bound } from '@variate/language/internal'
import { termAt, type Tensors } from '../exact/termAt.ts'
import type { Term } from '../exact/terms.ts'
import { Breakdown } from '../run/index.ts'
import type { Arguments, Traced } from './argumentsOf.ts'
import type { Completion } from './completions.ts'
import { replaced, type Parameters, type ParamSite } from './parameters.ts'
import { rowOfTerm } from './rowsOfTerm.ts'
import type { Selection } from './selection.ts'

/** What maximises over some parameters, given the others. */
export interface Step {
  readonly params: readonly string[]
  /** How, for a person to read. */
  readonly how: string
  update(parameters: Parameters, completions: readonly Completion[]): Parameters | Breakdown
}

/** A term, and how its arguments depend on parameters. */
export interface Inspected extends Arguments, Traced, Selection {
  readonly term: Term
  /** The number of the term among all. */
  readonly at: number
  evaluate(given: Parameters, completion: Completion): Arguments
}

/** What domains a parameter may have whose weighted maximum likelihood is taken as an argument of this name. */
const DOMAINS: Readonly<Record<string, readonly string[]>> = {
  loc: ['real'],
  logits: ['real'],
  rate: ['positive'],
  scale: ['positive'],
  probs: ['unitInterval', 'simplex'],
  scaleTril: ['lowerCholesky'],
}

/**
 * Weighted maximum likelihood of an exponential family, where all that it estimates are parameters of their own: for each group
 * of points and elements with the same parameters one fit.
 *
 * @returns undefined where the term is of another kind.
 */
export function familyStep(
  bound: Bound,
  inspected: Inspected,
  sites: ReadonlyMap<string, ParamSite>,
  isContinuous: (name: string) => boolean,
): Step | undefined {
  const { term, at, distribution, selected, fixed, computed, parameters } = inspected
  const { batchShape } = distribution
  if (!('fit' in distribution) || computed.length > 0 || Object.keys(selected).length === 0) return undefined
  const rows = Object.values(selected)[0]!.starts.length
  const isOwn = Object.entries(selected).every(
    ([name, { param, size }]) =>
      DOMAINS[name]?.includes(sites.get(param)!.domain.constraint.name) &&
      size === sizeOf(parameters[name]!.shape.slice(1 + term.lengths.length)) &&
      String(parameters[name]!.shape.slice(1 + term.lengths.length).slice(0, batchShape.length)) ===
        String(batchShape),
  )
  const groups = groupsOf(selected, rows)
  if (!isOwn || !groups || !fixed.every((name) => isConstant(parameters[name]!, rows))) return undefined
  const estimate = estimator(bound, term, Object.keys(selected), fixed, isContinuous)
  let isChecked = false
  const params = Object.values(selected).map(({ param }) => param)
  return {
    params,
    how: `weighted maximum likelihood of the ${distribution.name} distribution of "${term.site.name}"`,
    update: (given, completions) => {
      const completion = completions[at]!
      const values = isContinuous(term.site.name) ? inspected.evaluate(given, completion).x : inspected.x
      const { x, w, isEmpty } = arranged(groups, completion.weights, values, 1 + term.lengths.length)
      const found = estimate({ ...bound.values, ...given }, completion, x, w)
      if (!isChecked) {
        const changed = fixed.find((name) => !isClose(found.fixed[name]!, parameters[name]!))
        if (changed !== undefined) throw new Estimated(changed)
        isChecked = true
      }
      let next = given
      for (const [name, { param, starts, size }] of Object.entries(selected)) {
        const data = found.selected[name]!.data
        for (const [group, own] of groups.entries()) {
          if (isEmpty[group]) continue
          const numbers = data.subarray(group * size, (group + 1) * size) as Float64Array
          if (numbers.some((number) => !Number.isFinite(number)) || isEnd(name, numbers))
            return new Breakdown(`param "${param}": no value of it is most likely`)
          next = replaced(next, param, starts[own[0]!]!, numbers)
        }
      }
      return next
    },
  }
}

/** Told where a family estimates what is known: its maximum likelihood is not what is looked for. */
export class Estimated extends Error {}

/** A scale of 0: of a component that has collapsed. */
function isEnd(name: string, numbers: Float64Array): boolean {
  return name === 'scale' && numbers.some((x) => x === 0)
}

/** The rows of each combination of parameters; undefined if a parameter is in several. */
function groupsOf(selected: Selection['selected'], rows: number): readonly (readonly number[])[] | undefined {
  const all = Object.values(selected)
  const groups = new Map<string, number[]>()
  for (let row = 0; row < rows; row++) {
    const name = all.map(({ starts }) => starts[row]).join()
    const own = groups.get(name)
    if (own) own.push(row)
    else groups.set(name, [row])
  }
  const isOneToOne = all.every(({ starts }) => new Set(starts).size === groups.size)
  const isApart = new Set(all.map(({ param }) => param)).size === all.length
  return isOneToOne && isApart ? [...groups.values()] : undefined
}

function isConstant({ data }: NdArray, rows: number): boolean {
  const size = data.length / rows
  return data.every((x, i) => x === data[i % size])
}

/** Whether what a fit has is what was given, for all of its groups. */
function isClose(found: NdArray, given: NdArray): boolean {
  return found.data.every(
    (x, i) => Math.abs(x - given.data[i % given.data.length]!) <= 1e-9 * Math.max(1, Math.abs(x)),
  )
}

interface Arranged {
  /** [most rows of a group, groups, ...own]. */
  readonly x: NdArray
  /** [most rows of a group, groups]. */
  readonly w: NdArray
  /** Whether a group has no weight at all. */
  readonly isEmpty: readonly boolean[]
}

/** Values and weights, each group in a column of its own: what is short is filled with the first value, of weight 0. */
function arranged(
  groups: readonly (readonly number[])[],
  weights: Float64Array,
  { data, shape }: NdArray,
  axes: number,
): Arranged {
  const own = shape.slice(axes)
  const size = sizeOf(own)
  const most = Math.max(...groups.map((group) => group.length))
  const x = new (data.constructor as Float64ArrayConstructor)(most * groups.length * size)
  const w = new Float64Array(most * groups.length)
  for (const [column, group] of groups.entries()) {
    for (let i = 0; i < most; i++) {
      const row = group[i] ?? group[0]!
      const at = i * groups.length + column
      x.set(data.subarray(row * size, (row + 1) * size) as Float64Array, at * size)
      w[at] = i < group.length ? weights[row]! : 0
    }
  }
  const isEmpty = groups.map((group) => !group.some((row) => weights[row]! > 0))
  for (const [column, empty] of isEmpty.entries()) if (empty) w[column] = 1
  return {
    x: new NdArray(x, [most, groups.length, ...own]),
    w: new NdArray(w, [most, groups.length]),
    isEmpty,
  }
}

interface Estimates {
  readonly selected: Readonly<Record<string, NdArray>>
  readonly fixed: Readonly<Record<string, NdArray>>
}

/** Compiles the weighted maximum likelihood of all groups, by the family of the term's first element. */
function estimator(
  bound: Bound,
  term: Term,
  wanted: readonly string[],
  fixed: readonly string[],
  isContinuous: (name: string) => boolean,
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
      const { selected, fixed: known } = termAt(bound, term, given, rowOfTerm(term, row, isContinuous), of)
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
  if (name === 'precision') {
    const covariance = found('covariance')
    return solvePositive(covariance, eye(covariance.shape.at(-1)!))
  }
  throw new Estimated(name)
}

const CATEGORIES: ReadonlySet<string> = new Set(['categorical', 'oneHotCategorical', 'multinomial'])
