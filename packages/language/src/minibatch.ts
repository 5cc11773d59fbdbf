import type { Tensor } from '@tensorflow/tfjs-core'
import { gather } from '@variate/core/ops'
import type { SiteValues } from './logProbs.ts'
import type { Program } from './program.ts'

type Tensors = Readonly<Record<string, Tensor>>

/** What a program is evaluated at for some elements of its plates. */
export interface Minibatch {
  readonly sizes: ReadonlyMap<string, number>
  readonly values: SiteValues
  readonly present: Tensors
  /** How often each of these elements counts, for each plate of which not all are there. */
  readonly scales: ReadonlyMap<string, number>
}

/**
 * The values of some elements of plates, taken from those of all, and the scales of their log probabilities: the mean over
 * subsets is the log joint of all elements. A pure function of tensors; `checkBatch` tells whether plates may be taken in part.
 *
 * @param sizes how many elements each plate has in all.
 * @param values of sites, for all elements; sites that are missing here are not looked for.
 * @param indices for each plate the elements, of shape [n].
 */
export function minibatch(
  { declarations }: Program,
  sizes: ReadonlyMap<string, number>,
  values: SiteValues,
  present: Tensors,
  indices: Tensors,
): Minibatch {
  const plates = Object.entries(indices).map(([plate, rows]) => ({ plate, rows, count: rows.shape[0]! }))
  const places = new Map(declarations.map((site) => [site.name, site.plates]))
  const taken = (all: SiteValues): SiteValues =>
    Object.fromEntries(
      Object.entries(all).map(([name, whole]) => {
        const own = plates.filter(({ plate }) => places.get(name)?.includes(plate))
        const along = (x: Tensor, { plate, rows }: { plate: string; rows: Tensor }): Tensor =>
          gather(x, rows, places.get(name)!.indexOf(plate))
        return [name, own.length === 0 ? whole : own.reduce(along, whole as Tensor)]
      }),
    )
  return {
    sizes: new Map([...sizes, ...plates.map(({ plate, count }) => [plate, count] as const)]),
    values: taken(values),
    present: taken(present) as Tensors,
    scales: new Map(plates.map(({ plate, count }) => [plate, sizes.get(plate)! / count])),
  }
}
