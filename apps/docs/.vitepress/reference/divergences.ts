import { parseSync } from 'oxc-parser'
import { code, inline, table } from './markup.ts'
import { docstringsIn, readSource } from './sources.ts'

export interface Pair {
  readonly p: string
  readonly q: string
  /** From the docstring of the function that computes it. */
  readonly formula: string
}

/** The pairs of the table that `klDivergence` looks them up in. */
export function readPairs(): readonly Pair[] {
  const text = readSource('kl/table.ts')
  const docstrings = docstringsIn('kl')
  const { program } = parseSync('table.ts', text)
  const constants = new Map<string, Node>()
  for (const statement of program.body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    if (declaration?.type !== 'VariableDeclaration') continue
    for (const { id, init } of declaration.declarations)
      if (id.type === 'Identifier' && init) constants.set(id.name, init as unknown as Node)
  }
  const propertiesOf = (node: Node): readonly Node[] => {
    const target = node.type === 'Identifier' ? constants.get(node['name'] as string) : node
    if (target?.type !== 'ObjectExpression') throw new Error('kl/table.ts: the table is not a plain object')
    return (target['properties'] as readonly Node[]).flatMap((property) =>
      property.type === 'SpreadElement' ? propertiesOf(property['argument'] as Node) : [property],
    )
  }
  const nameOf = (property: Node): string => (property['key'] as Node)['name'] as string
  const whole = constants.get('table')
  if (whole === undefined) throw new Error('kl/table.ts has no table')
  return propertiesOf(whole).flatMap((row) =>
    propertiesOf(row['value'] as Node).map((cell) => {
      const { start, end } = cell['value'] as Node
      const used = text.slice(start, end).match(/\w+/g) ?? []
      const name = used.find((word) => docstrings.has(word))
      const said = name === undefined ? undefined : docstrings.get(name)!.paragraphs[0]
      if (said === undefined)
        throw new Error(`kl/table.ts: (${nameOf(row)}, ${nameOf(cell)}) has no docstring`)
      return { p: nameOf(row), q: nameOf(cell), formula: said }
    }),
  )
}

interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

export function divergencesTable(pairs: readonly Pair[], linkTo: (name: string) => string): string {
  return table(
    'divergences',
    ['p‖q', 'KL(p‖q)'],
    pairs.map(({ p, q, formula }) => [`${linkTo(p)}<br>‖ ${linkTo(q)}`, inline(formula)]),
  )
}

/** The names of q for which a p has a closed form. */
export function closedFormsOf(name: string, pairs: readonly Pair[]): string {
  return pairs
    .filter(({ p }) => p === name)
    .map(({ q }) => code(q))
    .join(', ')
}
