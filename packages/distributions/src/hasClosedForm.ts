import { table } from './kl/table.ts'

/** What of a distribution tells whether there is a formula: its kind, and what it is made of. */
interface Kind {
  readonly name: string
  readonly eventShape: readonly number[]
  readonly parameters: object
  readonly base?: unknown
  readonly axes?: unknown
}

/**
 * Whether `klDivergence(p, q)` is known to have a closed form, by the kinds of the distributions: no parameter is read. Counts are
 * left out, for theirs rests on their totals, and transformed distributions, for theirs rests on their maps.
 *
 * @param p what the mean is taken under.
 * @param q of the same space.
 *
 * @example
 * ```ts
 * import { hasClosedForm, normal, studentT } from '@variate/distributions'
 *
 * hasClosedForm(normal(0, 1), normal(1, 2)) // => true
 * hasClosedForm(normal(0, 1), studentT(3, 0, 1)) // => false
 * ```
 */
export function hasClosedForm(p: Kind, q: Kind): boolean {
  const [own, other] = [unexpanded(p), unexpanded(q)]
  if (String(own.eventShape) !== String(other.eventShape) || 'total' in own.parameters) return false
  if (own.name === 'independent' && other.name === 'independent')
    return own.axes === other.axes && hasClosedForm(own.base as Kind, other.base as Kind)
  const row = (table as Readonly<Record<string, object>>)[own.name]
  return row !== undefined && Object.hasOwn(row, other.name)
}

function unexpanded(kind: Kind): Kind {
  return kind.name === 'expand' ? unexpanded(kind.base as Kind) : kind
}
