import type { Tensor } from '@tensorflow/tfjs-core'
import { batch, compile } from '@variate/compile'
import { NdArray, UnsupportedError } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { add, fill, sum } from '@variate/core/ops'
import { logProbs, type RandomSite } from '@variate/language/internal'
import { supportsOf } from '@variate/language/internal'
import type { Particles } from './particles.ts'
import { argumentsOf, type Proposed } from './proposed.ts'

type Tensors = Readonly<Record<string, Tensor>>
type Arrays = Readonly<Record<string, NdArray>>

/** One value for one element of a latent, in the place of what a draw of the prior has there. */
interface Trial {
  readonly site: RandomSite
  readonly element: number
  readonly value: NdArray
  readonly at: number
}

/** At most so many values are tried, and numbers computed with. */
const [MOST_TRIALS, MOST_NUMBERS] = [1024, 2 ** 20]

/**
 * For each discrete latent whose values can be listed, one that the data do not exclude and to which the guide gives no
 * probability, as text: each value of each element is tried in a draw of the prior, however rare it is there.
 */
export function uncoveredValues(proposed: Required<Proposed>, prior: Particles): ReadonlyMap<string, string> {
  const trials = trialsOf(proposed, prior)
  const found = new Map<string, string>()
  if (trials.length === 0) return found
  const { joint, guided } = logsOf(proposed, rowsOf(trials, prior), trials.length)
  for (const [row, { site, value, at }] of trials.entries()) {
    const isLeftOut = joint.data[row]! > -Infinity && guided[site.name]!.data[row] === -Infinity
    if (isLeftOut && !found.has(site.name)) {
      const event = [...eventOf(value, at)]
      found.set(site.name, event.length === 1 ? `${event[0]}` : `[${event.join(', ')}]`)
    }
  }
  return found
}

function trialsOf({ model }: Required<Proposed>, prior: Particles): readonly Trial[] {
  const numbers = Object.values(model.specs).reduce((total, { shape }) => total + sizeOf(shape), 1)
  const most = Math.min(MOST_TRIALS, Math.floor(MOST_NUMBERS / numbers))
  const trials: Trial[] = []
  for (const [site, value] of listsOf(model)) {
    const own = prior.values[site.name]
    const count = value.shape[0]!
    const elements = own ? (own.data.length * count) / prior.count / value.data.length : 0
    for (let element = 0; element < elements; element++)
      for (let at = 0; at < count; at++) trials.push({ site, element, value, at })
  }
  return trials.slice(0, most)
}

function listsOf(model: Proposed['model']): ReadonlyMap<RandomSite, NdArray> {
  try {
    return supportsOf(model)
  } catch (error) {
    if (error instanceof UnsupportedError) return new Map()
    throw error
  }
}

/** Draws of the prior, one for each trial, with its value in it. */
function rowsOf(trials: readonly Trial[], prior: Particles): Arrays {
  return Object.fromEntries(
    Object.entries(prior.values).map(([name, { data, shape }]) => {
      const size = data.length / prior.count
      const rows = new (data.constructor as Float64ArrayConstructor)(trials.length * size)
      for (const [row, { site, element, value, at }] of trials.entries()) {
        const from = (row % prior.count) * size
        rows.set((data as Float64Array).subarray(from, from + size), row * size)
        const event = eventOf(value, at)
        if (site.name === name) rows.set(event, row * size + element * event.length)
      }
      return [name, new NdArray(rows, [trials.length, ...shape.slice(1)])]
    }),
  )
}

/** The log joint of each row, and of each latent its log probability by the guide. */
function logsOf(
  proposed: Required<Proposed>,
  rows: Arrays,
  size: number,
): { readonly joint: NdArray; readonly guided: Arrays } {
  const [model, guide] = [proposed.model.program, proposed.guide!.program]
  const run = compile(
    (
      values: Tensors,
      given: Tensors,
      present: Tensors,
      ofGuide: Tensors,
      sizes: Readonly<Record<string, number>>,
    ) =>
      batch(
        (row: Tensors) => {
          const all = new Map(Object.entries(sizes))
          const logs = Object.values(logProbs(model, all, { ...given, ...row }, present))
          const guided = Object.entries(logProbs(guide, all, { ...ofGuide, ...row }))
          return {
            joint: logs.reduce((total, log) => add(total, sum(log)), fill([], 0)),
            guided: Object.fromEntries(guided.map(([name, log]) => [name, sum(log)])),
          }
        },
        { size },
      )(values),
    { precision: 'float64' },
  )
  return run(rows as never, ...argumentsOf(proposed)) as never
}

function eventOf({ data, shape }: NdArray, at: number): Float64Array {
  const size = data.length / shape[0]!
  return (data as Float64Array).subarray(at * size, (at + 1) * size)
}
