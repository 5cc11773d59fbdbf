import { DomainError } from '@variate/core'
import type { Tree } from '../compiled/structure.ts'

/**
 * The names of the tensors of a value: of the part that one stands in, and where: `params.w`, `batch.0`.
 *
 * @param tree of the value, the parts of which are named.
 * @param given names of the parts, of all of them.
 * @param kind what the names are of, for errors and as a name of parts that have none.
 * @throws DomainError for a name that is empty or no text, and for more or fewer than there are parts.
 */
export function namesOf(
  tree: Tree,
  given: readonly string[] | undefined,
  kind: 'input' | 'output',
): string[] {
  const parts = tree.kind === 'list' ? tree.items : [tree]
  if (given && given.length !== parts.length) {
    const what = kind === 'input' ? 'arguments' : 'parts of the result'
    throw new DomainError(
      `toOnnx: ${kind}s must name all ${what}, ${parts.length}, got ${given.length} (${given.join(', ')})`,
    )
  }
  const names: string[] = []
  const walk = (own: Tree, name: string): void => {
    if (own.kind === 'leaf') names[own.index] = name
    else if (own.kind === 'list') own.items.forEach((item, i) => walk(item, joined(name, i)))
    else if (own.kind === 'record') own.items.forEach((item, i) => walk(item, joined(name, own.names[i]!)))
  }
  for (const [i, part] of parts.entries()) {
    const own = given?.[i] ?? unnamed(kind, tree, part, i)
    if (typeof own !== 'string' || (given && own === '')) {
      throw new DomainError(
        `toOnnx: ${kind}s must be texts that are not empty, got ${JSON.stringify(own)} at ${i}`,
      )
    }
    walk(part, own)
  }
  return names
}

/** What a part is called that has no name: fields of a result by theirs alone. */
function unnamed(kind: 'input' | 'output', tree: Tree, part: Tree, i: number): string {
  if (tree.kind === 'list') return `${kind}${i}`
  return part.kind === 'record' ? '' : kind
}

function joined(name: string, at: string | number): string {
  return name === '' ? String(at) : `${name}.${at}`
}

/** @throws DomainError for two tensors of one name. */
export function checkDifferent(names: readonly string[]): void {
  const twice = names.find((name, i) => names.indexOf(name) !== i)
  if (twice === undefined) return
  throw new DomainError(
    `toOnnx: two tensors would be called '${twice}': give the arguments and the parts of the result names of their own`,
  )
}
