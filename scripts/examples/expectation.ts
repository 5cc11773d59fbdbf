import { inspect } from 'node:util'
import { parseSync } from 'oxc-parser'

/** What stands behind `// =>`. Numbers keep their text, which says how many digits are meant. */
export type Expected =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'exact'; readonly value: unknown }
  | { readonly kind: 'list'; readonly items: readonly Expected[]; readonly open: boolean }
  | { readonly kind: 'record'; readonly entries: ReadonlyMap<string, Expected>; readonly open: boolean }

interface SyntaxNode {
  readonly type: string
  readonly [key: string]: unknown
}

const CONSTANTS: Readonly<Record<string, number | undefined>> = { NaN, Infinity, undefined: undefined }

/**
 * Reads a literal: numbers, strings, `[…]`, `{…}`, `NaN`, `undefined`. An `…` at the end of a list or a
 * record leaves the rest open; a remark in brackets may follow: `-1130.26 (nats)`.
 *
 * @throws Error if it is not a literal.
 */
export function parseExpected(text: string): Expected {
  const literal = text.replace(/\s+\([^()]*\)\s*$/, '').replaceAll(/(?:…|\.\.\.)(?=\s*[\]}])/g, '...rest')
  const { program, errors } = parseSync('literal.ts', `(${literal}\n)`)
  const [statement, ...more] = program.body as unknown as readonly SyntaxNode[]
  if (errors.length > 0 || more.length > 0 || statement?.type !== 'ExpressionStatement') {
    throw new Error(`"${text}" is not a literal`)
  }
  return fromSyntax(statement['expression'] as SyntaxNode, text)
}

function fromSyntax(node: SyntaxNode, text: string): Expected {
  switch (node.type) {
    case 'ParenthesizedExpression':
      return fromSyntax(node['expression'] as SyntaxNode, text)
    case 'Literal':
      return typeof node['value'] === 'number'
        ? { kind: 'number', text: String(node['raw']).replaceAll('_', '') }
        : { kind: 'exact', value: node['value'] }
    case 'Identifier':
      if (String(node['name']) in CONSTANTS) return { kind: 'exact', value: CONSTANTS[String(node['name'])] }
      break
    case 'UnaryExpression': {
      const operand = fromSyntax(node['argument'] as SyntaxNode, text)
      if (node['operator'] === '-' && operand.kind === 'number')
        return { ...operand, text: `-${operand.text}` }
      if (node['operator'] === '-' && operand.kind === 'exact')
        return { kind: 'exact', value: -Number(operand.value) }
      break
    }
    case 'ArrayExpression': {
      const [items, open] = closed(node['elements'] as readonly SyntaxNode[])
      return { kind: 'list', items: items.map((item) => fromSyntax(item, text)), open }
    }
    case 'ObjectExpression': {
      const [items, open] = closed(node['properties'] as readonly SyntaxNode[])
      const entries = items.map((item): [string, Expected] => {
        const key = item['key'] as SyntaxNode
        return [String(key['name'] ?? key['value']), fromSyntax(item['value'] as SyntaxNode, text)]
      })
      return { kind: 'record', entries: new Map(entries), open }
    }
  }
  throw new Error(`"${text}" is not a literal`)
}

function closed(items: readonly SyntaxNode[]): [items: readonly SyntaxNode[], open: boolean] {
  const open = items.at(-1)?.type === 'SpreadElement'
  return [open ? items.slice(0, -1) : items, open]
}

/** Where a value departs from what is expected, as a sentence; undefined where it agrees. */
export function difference(actual: unknown, expected: Expected, path = ''): string | undefined {
  const differs = `${path || 'the value'} is ${inspect(actual, { depth: 4, breakLength: Infinity })}`
  if (isArrayOfData(actual)) return difference(actual.toNested(), expected, path)
  switch (expected.kind) {
    case 'number':
      return typeof actual === 'number' && agrees(actual, expected.text) ? undefined : differs
    case 'exact':
      return Object.is(actual, expected.value) ? undefined : differs
    case 'list': {
      if (!Array.isArray(actual) && !ArrayBuffer.isView(actual)) return differs
      const items = Array.from(actual as unknown as ArrayLike<unknown>)
      const { length } = expected.items
      if (expected.open ? items.length < length : items.length !== length) return differs
      return first(expected.items.map((item, i) => difference(items[i], item, `${path}[${i}]`)))
    }
    case 'record': {
      if (typeof actual !== 'object' || actual === null) return differs
      const extra = Object.keys(actual).find((key) => !expected.entries.has(key))
      if (!expected.open && extra !== undefined) return `${path}.${extra} is there, and is not shown`
      const read = actual as Readonly<Record<string, unknown>>
      return first([...expected.entries].map(([key, item]) => difference(read[key], item, `${path}.${key}`)))
    }
  }
}

function first(differences: readonly (string | undefined)[]): string | undefined {
  return differences.find((item) => item !== undefined)
}

/** To half a unit in the last place shown; a whole number, which shows none, to rounding. */
function agrees(actual: number, text: string): boolean {
  const expected = Number(text)
  const [, decimals, exponent] = /^[^.e]*(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(text) ?? []
  const unit = 10 ** (Number(exponent ?? 0) - (decimals?.length ?? 0))
  const whole = decimals === undefined && exponent === undefined
  const tolerance = whole ? 1e-9 * Math.max(1, Math.abs(expected)) : unit * 0.500001
  return Math.abs(actual - expected) <= tolerance
}

function isArrayOfData(value: unknown): value is { toNested(): unknown } {
  return (
    typeof value === 'object' && value !== null && 'toNested' in value && typeof value.toNested === 'function'
  )
}
