import type { Tensor } from '@tensorflow/tfjs-core'
import { key, NdArray } from '@variate/core'
import { sizeOf } from '@variate/core/internal'
import { add, constant } from '@variate/core/ops'
import { block } from './block.ts'
import type { ConditionalHead } from './conditionalHead.ts'
import { realSite } from './realSite.ts'
import { middle } from './start.ts'
import type { ParamArrays, ParamTree, SiteTensors } from './variational.ts'
import type { VectorFamily } from './vector.ts'

/**
 * Any family of vectors, such as a flow, of which a network gives all parameters: what they begin with, and what is linear in what
 * the network gives of an element.
 *
 * @see Rezende and Mohamed, Variational Inference with Normalizing Flows (ICML 2015), §4: a flow whose parameters a network gives.
 */
export function vectorHead(vector: VectorFamily): ConditionalHead {
  return {
    name: vector.name,
    of: (model, site, who) => {
      const size = sizeOf(realSite(model, site, who).placeShape)
      const start = vector.init(new NdArray(new Float64Array(size), [size]), key(0))
      return {
        local: block(model, [site], site.plates, vector, middle, who),
        shapes: shapesOf(start, ''),
        params: (given) => ({ [site.name]: moved(start, given, '') }),
      }
    },
  }
}

function shapesOf(tree: ParamArrays, prefix: string): Readonly<Record<string, readonly number[]>> {
  const entries = Object.entries(tree).flatMap(
    ([name, item]): readonly (readonly [string, readonly number[]])[] =>
      item instanceof NdArray
        ? [[`${prefix}${name}`, item.shape]]
        : Object.entries(shapesOf(item as ParamArrays, `${prefix}${name}.`)),
  )
  return Object.fromEntries(entries)
}

/** What parameters begin with, and what is added in each element. */
function moved(tree: ParamArrays, given: SiteTensors, prefix: string): ParamTree {
  return Object.fromEntries(
    Object.entries(tree).map(([name, item]): [string, Tensor | ParamTree] => [
      name,
      item instanceof NdArray
        ? add(given[`${prefix}${name}`]!, constant(item))
        : moved(item as ParamArrays, given, `${prefix}${name}.`),
    ]),
  )
}
