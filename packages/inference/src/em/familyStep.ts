import type { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import type { Bound } from '@variate/language/internal'
import { Breakdown } from '../run/index.ts'
import { arranged } from './arranged.ts'
import { CATEGORIES, Estimated, estimator } from './estimator.ts'
import { replaced, type ParamSite } from './parameters.ts'
import type { Selection } from './selection.ts'
import type { Inspected, Step } from './step.ts'

/** The domain that a parameter must have whose weighted maximum likelihood is taken as an argument of this name. */
const DOMAINS: Readonly<Record<string, string>> = {
  loc: 'real',
  logits: 'real',
  rate: 'positive',
  scale: 'positive',
  scaleTril: 'lowerCholesky',
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
      domainOf(name, distribution.name) === sites.get(param)!.domain.constraint.name &&
      size === sizeOf(parameters[name]!.shape.slice(1 + term.lengths.length)) &&
      String(parameters[name]!.shape.slice(1 + term.lengths.length).slice(0, batchShape.length)) ===
        String(batchShape),
  )
  const groups = groupsOf(selected, rows)
  if (!isOwn || !groups || !fixed.every((name) => isConstant(parameters[name]!, rows))) return undefined
  const estimate = estimator(bound, term, Object.keys(selected), fixed)
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
          const end = endOf(sites.get(param)!, numbers)
          if (end !== undefined)
            return new Breakdown(`param "${param}": no value of it is most likely, it goes to ${end}`)
          next = replaced(next, param, starts[own[0]!]!, numbers)
        }
      }
      return next
    },
  }
}

function domainOf(argument: string, family: string): string | undefined {
  if (argument !== 'probs') return DOMAINS[argument]
  return CATEGORIES.has(family) ? 'simplex' : 'unitInterval'
}

/** What of some numbers is not in the domain of their parameter, such as the scale 0 of a component that has collapsed. */
function endOf({ domain }: ParamSite, numbers: Float64Array): string | undefined {
  if (numbers.some((x) => !Number.isFinite(x))) return numbers.find((x) => !Number.isFinite(x))!.toString()
  const { eventRank } = domain.constraint
  const event = domain.shape.slice(domain.shape.length - eventRank)
  const size = sizeOf(event)
  for (let at = 0; at < numbers.length; at += size) {
    const wrong = domain.constraint.violation(numbers.subarray(at, at + size), event)
    if (wrong !== undefined) return wrong
  }
  return undefined
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
  const isOneToOne = all.every(({ starts, size }) => {
    const own = [...new Set(starts)].toSorted((a, b) => a - b)
    return own.length === groups.size && own.every((start, i) => i === 0 || start - own[i - 1]! >= size)
  })
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
