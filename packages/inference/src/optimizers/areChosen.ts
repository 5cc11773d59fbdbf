import { Tensor } from '@tensorflow/tfjs-core'
import { DomainError } from '@variate/core'
import { shown, type TensorTree } from '@variate/core/internal'

/** Some of the parameters: names of theirs, or of records and tuples that hold them, such as `net.0.w`, or a test of such paths. */
export type ChosenParams = readonly string[] | ((path: string) => boolean)

/**
 * Which tensors of a tree are chosen, in the order of its own; all, if nothing is said.
 *
 * @throws DomainError for a name that nothing has.
 */
export function areChosen(
  params: TensorTree,
  chosen: ChosenParams | undefined,
  who: string,
): readonly boolean[] {
  const paths = pathsOf(params)
  if (typeof chosen === 'function') return paths.map((path) => chosen(path))
  const isUnder = (path: string, name: string): boolean => path === name || path.startsWith(`${name}.`)
  for (const name of chosen ?? []) {
    if (paths.some((path) => isUnder(path, name))) continue
    throw new DomainError(`${who}: there is no parameter ${shown(name)}, but ${paths.map(shown).join(', ')}`)
  }
  return paths.map((path) => chosen?.some((name) => isUnder(path, name)) ?? true)
}

/** The names on the way to each tensor of a tree, in the order of its own. */
function pathsOf(tree: TensorTree, path = ''): readonly string[] {
  if (tree instanceof Tensor) return [path]
  return Object.entries(tree).flatMap(([name, item]: [string, TensorTree]) =>
    pathsOf(item, path === '' ? name : `${path}.${name}`),
  )
}
