import { foldIn } from '@variate/core'
import { foldInKey, type AnyKey } from '@variate/core/ops'
import type { ReverseModel, Unshared, Variational } from './variational.ts'

/** The product of independent parts, each over latents of its own. */
export function together(parts: readonly Variational[]): Variational {
  const unshared = parts.flatMap((part) => part.unshared ?? [])
  return {
    ...product(parts),
    ...(unshared.length === parts.length && parts.length > 0 ? { unshared: allUnshared(unshared) } : {}),
    draw: (context, key, ways) => {
      // Of a single part the key is its own: a fold costs as much as ten numbers.
      const keyOf = (at: number): AnyKey => (parts.length === 1 ? key : foldInKey(key, at))
      return Object.assign({}, ...parts.map((part, at) => part.draw(context, keyOf(at), ways)))
    },
  }
}

/** All of such a product but its draws. */
export function product(parts: readonly Omit<Variational, 'draw'>[]): Omit<Variational, 'draw'> {
  const reverse = parts.flatMap((part) => part.reverse ?? [])
  const shared = [...new Set(parts.flatMap((part) => part.shared ?? []))]
  return {
    factors: parts.flatMap(({ factors }) => factors),
    plates: Object.assign({}, ...parts.map(({ plates }) => plates)),
    ...(shared.length > 0 ? { shared } : {}),
    init: (key) => Object.assign({}, ...parts.map((part, at) => part.init(foldIn(key, at)))),
    distributions: (context, values) =>
      Object.assign({}, ...parts.map((part) => part.distributions?.(context, values))),
    logProbs: (context, values, ways) =>
      Object.assign({}, ...parts.map((part) => part.logProbs(context, values, ways))),
    entropies: (context, values) =>
      Object.assign({}, ...parts.map((part) => part.entropies?.(context, values))),
    moments: (context) => Object.assign({}, ...parts.map((part) => part.moments?.(context))),
    covariances: (context) => Object.assign({}, ...parts.map((part) => part.covariances?.(context))),
    probabilities: (context) => Object.assign({}, ...parts.map((part) => part.probabilities?.(context))),
    ...(reverse.length > 0 ? { reverse: allOf(reverse) } : {}),
  }
}

function allUnshared(parts: readonly Unshared[]): Unshared {
  // Nobody asks these for a start, for the networks give one.
  const own = parts.map(({ variational }): Variational => ({ ...variational, init: () => ({}) }))
  return {
    variational: together(own),
    params: (context) => Object.assign({}, ...parts.map((part) => part.params(context))),
  }
}

function allOf(parts: readonly ReverseModel[]): ReverseModel {
  return {
    terms: parts.flatMap(({ terms }) => terms),
    logProbs: (context, values) => Object.assign({}, ...parts.map((part) => part.logProbs(context, values))),
  }
}
