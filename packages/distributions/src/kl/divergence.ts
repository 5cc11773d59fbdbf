import type { Tensor } from '@tensorflow/tfjs-core'
import { broadcastShapes, broadcastTo, constant, neg, where, type Real } from '@variate/core/ops'
import type { Distribution, Parameter } from '../distribution.ts'
import { resolvedOf } from '../parameters.ts'
import { sumLast } from '../sumLast.ts'
import { table } from './table.ts'

type Wrapper = Distribution & {
  readonly base: Distribution
  readonly axes?: number
  readonly map?: object
  readonly mask?: Parameter
}
type Rule = (p: Wrapper, q: Wrapper) => Tensor | undefined

/**
 * KL(p‖q) in closed form, of the shape that the batches broadcast to; undefined where there is none. Distributions made
 * of others are taken apart.
 */
export function divergence(p: Distribution, q: Distribution): Tensor | undefined {
  if (p.name === 'delta') return fit(neg(q.logProb(resolvedOf(p.parameters)['value']!)), p, q)
  const [inner, other] = [unexpanded(p), unexpanded(q)]
  const row = (table as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[inner.name]
  const formula = row?.[other.name] as ((p: object, q: object) => Real) | undefined
  if (formula) return fit(formula(resolvedOf(inner.parameters), resolvedOf(other.parameters)), p, q)
  const rule = inner.name === other.name ? rules[inner.name] : undefined
  const found = rule?.(inner as Wrapper, other as Wrapper)
  return found && fit(found, p, q)
}

/** Distributions of one kind that are made of others. */
const rules: Readonly<Record<string, Rule | undefined>> = {
  // Divergences of independent distributions add up.
  independent: (p, q) => {
    const found = p.axes === q.axes ? divergence(p.base, q.base) : undefined
    return found && sumLast(found, p.axes!)
  },
  // A map that both share moves all mass alike; it may have made axes of the batch axes of an event.
  transformed: (p, q) => {
    const found = p.map === q.map ? divergence(p.base, q.base) : undefined
    return found && sumLast(found, p.base.batchShape.length - p.batchShape.length)
  },
  masked: (p, q) => {
    const found = p.mask === q.mask ? divergence(p.base, q.base) : undefined
    return found && (where(resolvedOf(p.parameters)['mask']!, found, 0) as Tensor)
  },
}

function unexpanded(d: Distribution): Distribution {
  return d.name === 'expand' ? unexpanded((d as Wrapper).base) : d
}

function fit(x: Real, p: Distribution, q: Distribution): Tensor {
  const who = `klDivergence: batches of ${p.name} and ${q.name}`
  return broadcastTo(constant(x), broadcastShapes([p.batchShape, q.batchShape], who))
}
