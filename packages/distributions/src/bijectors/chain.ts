import type { Tensor } from '@tensorflow/tfjs-core'
import { add, mul, sum, type Real } from '@variate/core/ops'
import type { Shape } from '../distribution.ts'
import type { Bijector, ElementwiseBijector } from './bijector.ts'
import { defineBijector } from './defineBijector.ts'

/** What a chain is: elementwise if all its links are. */
export type Chain<Links extends readonly Bijector[]> = Links extends readonly ElementwiseBijector[]
  ? ElementwiseBijector
  : Bijector

/**
 * Bijectors one after the other, the first in the list first: y = fₙ(… f₁(x)). Events are those of the link that needs
 * the most axes; log-determinants of links that need fewer are summed over the others.
 */
export function chain<const Links extends readonly Bijector[]>(links: Links): Chain<Links> {
  const { domainRank, ranks } = ranksOf(links)
  const backward = links.map((link, i) => [link, ranks[i]!] as const).reverse()
  const map = defineBijector(`chain(${links.map(({ name }) => name).join(', ')})`, {
    domainRank,
    codomainRank: domainRank + links.reduce((rise, link) => rise + link.codomainRank - link.domainRank, 0),
    forward: (x) => links.reduce((value, link) => link.forward(value), x),
    inverse: (y) => backward.reduce((value, [link]) => link.inverse(value), y),
    forwardLogDet: (x) => {
      let total: Real = 0
      let value = x
      links.forEach((link, i) => {
        total = add(total, overEvent(link.forwardLogDet(value), ranks[i]! - link.domainRank))
        if (i < links.length - 1) value = link.forward(value)
      })
      return total
    },
    inverseLogDet: (y) => {
      let total: Real = 0
      let value = y
      backward.forEach(([link, rank], i) => {
        total = add(total, overEvent(link.inverseLogDet(value), rank - link.domainRank))
        if (i < links.length - 1) value = link.inverse(value)
      })
      return total
    },
    forwardShape: (shape: Shape) => links.reduce((now, link) => link.forwardShape(now), shape),
    inverseShape: (shape: Shape) => backward.reduce((now, [link]) => link.inverseShape(now), shape),
  })
  const maps = links.filter(isElementwise)
  if (maps.length < links.length) return map as never
  const direction = (): Real => maps.reduce((sign: Real, link) => mul(sign, link.direction()), 1)
  return Object.freeze({ ...map, direction }) as never
}

/** The rank of an event of the chain's domain, and of what each link is given of it. */
function ranksOf(links: readonly Bijector[]): { domainRank: number; ranks: readonly number[] } {
  let domainRank = 0
  for (const link of links.toReversed()) {
    domainRank = Math.max(domainRank + link.domainRank - link.codomainRank, link.domainRank)
  }
  let rank = domainRank
  const ranks = links.map((link) => {
    const given = rank
    rank += link.codomainRank - link.domainRank
    return given
  })
  return { domainRank, ranks }
}

/** Summed over the last `extra` axes. */
function overEvent(logDet: Tensor, extra: number): Tensor {
  return extra === 0
    ? logDet
    : sum(
        logDet,
        Array.from({ length: extra }, (_, i) => -1 - i),
      )
}

export function isElementwise(map: Bijector): map is ElementwiseBijector {
  return 'direction' in map
}
