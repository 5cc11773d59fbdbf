import { NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { Breakdown } from '../run/index.ts'
import type { Completion } from './completions.ts'
import type { Inspected, Step } from './step.ts'
import type { Parameters, ParamSite } from './parameters.ts'

/**
 * The scales of normal distributions, whatever their locations: roots of weighted means of squared deviations.
 *
 * @param param a parameter that nothing has but normal distributions, as their scale.
 * @param labels two values of all parameters.
 * @returns undefined where it is of another kind.
 */
export function scaleStep(
  param: ParamSite,
  terms: readonly Inspected[],
  labels: readonly [Parameters, Parameters],
  completions: readonly Completion[],
): Step | undefined {
  const isScale = terms.every((inspected) => {
    const { distribution, selected, computed, parameters, term, x } = inspected
    const own = selected['scale']
    if (distribution.name !== 'normal' || own?.param !== param.name || computed.includes('scale'))
      return false
    if (locDependsOn(param.name, inspected, labels, completions[inspected.at]!)) return false
    const axes = 1 + term.lengths.length
    const [size, whole] = [sizeOf(parameters['scale']!.shape.slice(axes)), sizeOf(x.shape.slice(axes))]
    return size === 1 || size === whole
  })
  if (!isScale || terms.length === 0 || param.domain.constraint.name !== 'positive') return undefined
  return {
    params: [param.name],
    how: 'the weighted standard deviation around the location',
    update: (given, completions) => {
      const { shape, data } = given[param.name] as NdArray
      const [squares, totals] = [new Float64Array(data.length), new Float64Array(data.length)]
      for (const inspected of terms) add(inspected, given, completions[inspected.at]!, squares, totals)
      const next = squares.map((sum, i) => (totals[i] === 0 ? data[i]! : Math.sqrt(sum / totals[i]!)))
      if (next.some((scale) => !(scale > 0 && scale < Infinity)))
        return new Breakdown(`param "${param.name}": no value of it is most likely`)
      return { ...given, [param.name]: new NdArray(next, shape) }
    },
  }
}

/** Whether the location is another one where only this parameter is. */
function locDependsOn(
  name: string,
  { evaluate }: Inspected,
  [first, second]: readonly [Parameters, Parameters],
  completion: Completion,
): boolean {
  const locAt = (parameters: Parameters): NdArray => evaluate(parameters, completion).parameters['loc']!
  const [a, b] = [locAt(first), locAt({ ...first, [name]: second[name]! })]
  return a.data.some((x, i) => x !== b.data[i])
}

/** Adds the squared deviations of a term, and their weights. */
function add(
  { evaluate, selected }: Inspected,
  given: Parameters,
  completion: Completion,
  squares: Float64Array,
  totals: Float64Array,
): void {
  const { x, parameters } = evaluate(given, completion)
  const { starts, size } = selected['scale']!
  const loc = parameters['loc']!
  const [own, ownOfLoc] = [x.data.length / starts.length, loc.data.length / starts.length]
  for (const [row, start] of starts.entries()) {
    const weight = completion.weights[row]!
    if (weight === 0) continue
    for (let i = 0; i < own; i++) {
      const at = start + (size === 1 ? 0 : i)
      squares[at]! += weight * (x.data[row * own + i]! - loc.data[row * ownOfLoc + (i % ownOfLoc)]!) ** 2
      totals[at]! += weight
    }
  }
}
