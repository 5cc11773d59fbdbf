import { DomainError } from '@variate/core'
import type { Precision } from '../wasm/lanes.ts'
import type { Tree } from '../compiled/structure.ts'

/** What names in metadata begin with that are not the user's. */
const OWN = 'variate.'

/**
 * What a model tells of itself: how its inputs and outputs are put together, in JSON, where a tensor is `{"tensor": name}`
 * and a static argument its value.
 *
 * @throws DomainError for a name of the user's that begins as ours do, and a value that is no text.
 */
export function metadataOf(
  precision: Precision,
  given: Tree,
  inputs: readonly string[],
  result: Tree,
  outputs: readonly string[],
  others: Readonly<Record<string, string>> = {},
): Record<string, string> {
  for (const [name, value] of Object.entries(others)) {
    if (name.startsWith(OWN) || typeof value !== 'string') {
      throw new DomainError(
        `toOnnx: metadata must be texts whose names do not begin with '${OWN}', got ${name}: ${String(value)}`,
      )
    }
  }
  return {
    ...others,
    [`${OWN}format`]: '1',
    [`${OWN}precision`]: precision,
    [`${OWN}arguments`]: JSON.stringify(told(given, inputs)),
    [`${OWN}result`]: JSON.stringify(told(result, outputs)),
  }
}

function told(tree: Tree, names: readonly string[]): unknown {
  if (tree.kind === 'leaf') return { tensor: names[tree.index] }
  if (tree.kind === 'list') return tree.items.map((item) => told(item, names))
  if (tree.kind === 'record')
    return Object.fromEntries(tree.names.map((name, i) => [name, told(tree.items[i]!, names)]))
  // What JSON has no number for is told as a text, and what is undefined as null.
  const { value } = tree
  const isPlain = typeof value !== 'number' || (Number.isFinite(value) && !Object.is(value, -0))
  return isPlain && typeof value !== 'bigint' ? (value ?? null) : Object.is(value, -0) ? '-0' : String(value)
}
