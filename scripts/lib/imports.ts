import { parseSync, type ParseResult } from 'oxc-parser'

/** A name that a module exports, and where it comes from. */
export interface ExportedName {
  readonly name: string
  readonly isType: boolean
  /** The module that it is re-exported from, and its name there. */
  readonly from?: { readonly module: string; readonly name: string }
}

/** What a TypeScript module imports, in any way: statically, by re-export, `import()`, `import('…').Type`. */
export function importsOf(path: string, text: string): readonly string[] {
  const { program, module } = parse(path, text)
  const found = new Set(module.staticImports.map((item) => item.moduleRequest.value))
  for (const { entries } of module.staticExports) {
    for (const { moduleRequest } of entries) if (moduleRequest) found.add(moduleRequest.value)
  }
  visit(program, (node) => {
    if (node.type !== 'ImportExpression' && node.type !== 'TSImportType') return
    const specifier = textOf(node['source'] as SpecifierNode)
    if (specifier !== undefined) found.add(specifier)
  })
  return [...found]
}

interface SpecifierNode {
  readonly value?: unknown
  readonly quasis?: readonly { readonly value: { readonly cooked?: string | null } }[]
}

/** What stands between quotes, or between backticks without a substitution. */
function textOf({ value, quasis }: SpecifierNode): string | undefined {
  if (typeof value === 'string') return value
  return quasis?.length === 1 ? (quasis[0]!.value.cooked ?? undefined) : undefined
}

/**
 * The names that a module exports.
 *
 * @throws Error for `export *`, which hides them.
 */
export function exportsOf(path: string, text: string): readonly ExportedName[] {
  const { module } = parse(path, text)
  return module.staticExports.flatMap(({ entries }) =>
    entries.map(({ exportName, importName, moduleRequest, isType }) => {
      if (exportName.name === null) throw new Error(`${path}: name what it exports, \`export *\` hides it`)
      const from = moduleRequest && { module: moduleRequest.value, name: importName.name ?? '*' }
      return { name: exportName.name, isType, ...(from && { from }) }
    }),
  )
}

function parse(path: string, text: string): ParseResult {
  const result = parseSync(path, text)
  if (result.errors[0]) throw new Error(`${path}: ${result.errors[0].message}`)
  return result
}

interface SyntaxNode {
  readonly type: string
  readonly [key: string]: unknown
}

function visit(value: unknown, see: (node: SyntaxNode) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see)
  else if (typeof value === 'object' && value !== null) {
    if ('type' in value && typeof value.type === 'string') see(value as SyntaxNode)
    for (const item of Object.values(value)) visit(item, see)
  }
}
