import type { Node } from '../graph/node.ts'

export interface Body {
  /** What is computed in each step, inputs before what is computed of them; constants are among them. */
  readonly nodes: readonly Node[]
  /** What is computed before. */
  readonly captures: readonly Node[]
}

/** What results need that depends on some inputs, and what they need besides. */
export function bodyOf(inputs: readonly Node[], results: readonly Node[]): Body {
  const given = new Set(inputs)
  // Nothing older than the inputs depends on them.
  const oldest = Math.min(...inputs.map(({ id }) => id))
  const found = new Set<Node>()
  const stack = [...results]
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (found.has(node) || given.has(node)) continue
    found.add(node)
    if (node.id > oldest) stack.push(...node.inputs)
  }
  const depends = new Set<Node>(given)
  const inOrder = [...found].toSorted((a, b) => a.id - b.id)
  for (const node of inOrder) if (node.inputs.some((x) => depends.has(x))) depends.add(node)
  const own = inOrder.filter((node) => depends.has(node))
  const read = new Set([...own.flatMap((node) => node.inputs), ...results].filter((x) => !depends.has(x)))
  const nodes = [...own, ...[...read].filter(isConstant)].toSorted((a, b) => a.id - b.id)
  const captures = [...read].filter((node) => !isConstant(node)).toSorted((a, b) => a.id - b.id)
  return { nodes, captures }
}

function isConstant({ op }: Node): boolean {
  return op === 'constant'
}
