import { toldApart, type Tree } from '../compiled/structure.ts'

/** A tree whose static values are texts that tell their types, as JSON tells of no NaN, −0, undefined or bigint. */
export function withTexts(tree: Tree): Tree {
  return mapped(tree, toldApart)
}

/** The tree of which `withTexts` made this. */
export function withValues(tree: Tree): Tree {
  return mapped(tree, (x) => {
    const text = String(x)
    const at = text.indexOf(' ')
    const [type, value] = [text.slice(0, at), text.slice(at + 1)]
    if (type === 'number') return Number(value)
    if (type === 'bigint') return BigInt(value)
    if (type === 'boolean') return value === 'true'
    if (type === 'string') return value
    return type === 'object' ? null : undefined
  })
}

function mapped(tree: Tree, f: (value: unknown) => unknown): Tree {
  if (tree.kind === 'leaf') return tree
  if (tree.kind === 'static') return { kind: 'static', value: f(tree.value) }
  return { ...tree, items: tree.items.map((item) => mapped(item, f)) }
}
