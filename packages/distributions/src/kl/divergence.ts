import type { Tensor } from '@tensorflow/tfjs-core'
import { ShapeError, UnsupportedError } from '@variate/core'
import { broadcastShapes, broadcastTo, constant, isTensor, neg, where, type Real } from '@variate/core/ops'
import { sameShape } from '@variate/core/internal'
import type { Distribution, Parameter, Shape } from '../distribution.ts'
import { shapeOf } from '../parameter.ts'
import { resolvedOf } from '../parameters.ts'
import { sumLast } from '../sumLast.ts'
import { table } from './table.ts'

type Wrapper = Distribution & {
  readonly base: Distribution
  readonly axes?: number
  readonly map?: { readonly domainRank: number }
  readonly mask?: Parameter
}
type Rule = (p: Wrapper, q: Wrapper) => Tensor | undefined

/**
 * KL(p‖q) in closed form, of the shape that the batches broadcast to; undefined where there is none. Distributions made
 * of others are taken apart.
 *
 * @throws UnsupportedError for such that do not share what they must; ShapeError for unlike events or categories, and for
 * batches that do not broadcast.
 */
export function divergence(p: Distribution, q: Distribution): Tensor | undefined {
  checkShapes(p, q)
  if (p.name === 'delta') return fit(neg(q.logProb(resolvedOf(p.parameters)['value']!)), p, q)
  const [inner, other] = [unexpanded(p), unexpanded(q)]
  const row = (table as Readonly<Record<string, Readonly<Record<string, unknown>>>>)[inner.name]
  const formula = row?.[other.name] as ((p: object, q: object, moments: object) => Real) | undefined
  if (formula) return fit(formula(resolvedOf(inner.parameters), resolvedOf(other.parameters), inner), p, q)
  const rule = inner.name === other.name ? rules[inner.name] : undefined
  const found = rule?.(inner as Wrapper, other as Wrapper)
  return found && fit(found, p, q)
}

/** Distributions of one kind that are made of others. */
const rules: Readonly<Record<string, Rule | undefined>> = {
  // Divergences of independent distributions add up.
  independent: (p, q) => {
    demand(p, p.axes === q.axes, 'make events of as many axes')
    const found = divergence(p.base, q.base)
    return found && sumLast(found, p.axes!)
  },
  // A map that both share moves all mass alike; it may have made axes of the batch axes of an event.
  transformed: (p, q) => {
    demand(p, p.map === q.map, 'share one bijector object')
    const found = divergence(p.base, q.base)
    return found && sumLast(found, Math.max(0, p.map!.domainRank - p.base.eventShape.length))
  },
  masked: (p, q) => {
    demand(p, sameMask(p.mask!, q.mask!), 'have the same mask: one tensor, or equal numbers')
    const found = divergence(p.base, q.base)
    return found && constant(where(resolvedOf(p.parameters)['mask']!, found, 0))
  },
}

function checkShapes(p: Distribution, q: Distribution): void {
  const [own, other] = [lengthsOf(p), lengthsOf(q)]
  if (!sameShape(own, other)) {
    const what = p.name === 'categorical' ? 'categories' : 'events of shape'
    throw new ShapeError(
      `klDivergence: ${p.name} has ${what} [${own}], ${q.name} has [${other}]: make them alike`,
    )
  }
  broadcastShapes([p.batchShape, q.batchShape], `klDivergence: batches of ${p.name} and ${q.name}`)
}

/** The shape of an event, or how many categories there are. */
function lengthsOf({ name, eventShape, parameters }: Distribution): Shape {
  return name === 'categorical' ? shapeOf(parameters['probs'] ?? parameters['logits']!).slice(-1) : eventShape
}

function demand({ name }: Distribution, isShared: boolean, what: string): void {
  if (isShared) return
  throw new UnsupportedError(
    `klDivergence: (${name}, ${name}) has no closed form unless both ${what}: use estimateKlDivergence(key, p, q)`,
  )
}

/** Tensors are not read: they are the same if they are one. */
function sameMask(a: Parameter, b: Parameter): boolean {
  if (a === b) return true
  return !isTensor(a) && !isTensor(b) && sameShape(shapeOf(a), shapeOf(b)) && numbers(a) === numbers(b)
}

function numbers(mask: Exclude<Parameter, Tensor>): string {
  return typeof mask === 'number' ? String(mask) : Array.from(mask.data).join()
}

function unexpanded(d: Distribution): Distribution {
  return d.name === 'expand' ? unexpanded((d as Wrapper).base) : d
}

function fit(x: Real, p: Distribution, q: Distribution): Tensor {
  return broadcastTo(constant(x), broadcastShapes([p.batchShape, q.batchShape]))
}
