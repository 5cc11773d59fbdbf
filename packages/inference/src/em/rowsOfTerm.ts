import type { Tensor } from '@tensorflow/tfjs-core'
import { concat, slice } from '@variate/core/ops'
import type { Placed } from '@variate/language/internal'
import { nameOf } from '../exact/combinationRows.ts'
import type { Dependence } from '@variate/language/internal'
import type { Row, Tensors } from '../exact/termAt.ts'
import type { Term } from '../exact/terms.ts'
import type { ContinuousSite, DiscreteSite, LatentSite } from '../exact/variables.ts'

/** The values of a term's latents at one point, as a scope takes them. */
export function rowOfTerm(term: Term, tensors: Tensors): Row {
  return Object.fromEntries(
    term.dependences.map((one) => {
      const tensor = tensors[nameOf(one)]!
      const row = isOfElements(one, tensor.rank)
        ? ofElements(term, one, tensor)
        : { tensor, plates: one.whole }
      return [nameOf(one), row]
    }),
  )
}

/**
 * Whether each element of the term has a value of its own.
 *
 * @param rank of the value.
 */
export function isOfElements({ of, whole }: Dependence<LatentSite>, rank: number): boolean {
  const event = 'values' in of ? (of as DiscreteSite).values.shape.slice(1) : (of as ContinuousSite).event
  return rank > whole.length + event.length
}

/** Values of which each element of the term has its own. */
function ofElements(
  { site, part }: Term,
  { isBefore, whole }: Dependence<LatentSite>,
  tensor: Tensor,
): Placed {
  const around = part === 'first' ? site.plates.slice(0, -1) : site.plates
  const plates = [...around, ...whole]
  if (part !== 'next' || isBefore) return { tensor, plates }
  // Steps but the first see what is behind the first step, whatever that is.
  const axis = site.plates.length - 1
  const start = slice(
    tensor,
    tensor.shape.map(() => 0),
    tensor.shape.with(axis, 1),
  )
  return { tensor: concat([start, tensor], axis), plates }
}
