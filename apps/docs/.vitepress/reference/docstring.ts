import { parseSync, type ParamPattern } from 'oxc-parser'
import { jsdocBlocks } from '../../../../scripts/examples/blocks.ts'

/** What the JSDoc comment of an exported declaration says, and the declaration's own head. */
export interface Docstring {
  readonly name: string
  /** What is exported: `function` with its overloads, `const`. */
  readonly kind: 'function' | 'const'
  /** As declared, without its body: one line for each overload. */
  readonly signatures: readonly string[]
  /** A function's parameters. */
  readonly parameters: readonly Parameter[]
  readonly paragraphs: readonly string[]
  readonly params: readonly Param[]
  readonly throws: readonly string[]
  readonly returns: readonly string[]
  readonly see: readonly string[]
  /** The examples that the test run executes. */
  readonly examples: readonly string[]
}

export interface Param {
  readonly name: string
  readonly text: string
}

/** One that is taken apart is called `options`. */
export interface Parameter {
  readonly name: string
  /** The name of its type, where that is one word. */
  readonly type: string | undefined
}

interface Declared {
  readonly name: string
  readonly kind: Docstring['kind']
  readonly signature: string
  readonly parameters: readonly Parameter[]
  /** Where the statement begins, below its comment. */
  readonly start: number
}

/** The docstrings of the functions and constants that a source file exports, in the order of the file. */
export function readDocstrings(text: string): readonly Docstring[] {
  const { program, comments, errors } = parseSync('source.ts', text)
  if (errors[0]) throw new Error(errors[0].message)
  const declared = program.body.flatMap((statement): readonly Declared[] => {
    if (statement.type !== 'ExportNamedDeclaration' || !statement.declaration) return []
    const { declaration, start } = statement
    if (declaration.type === 'FunctionDeclaration' || declaration.type === 'TSDeclareFunction') {
      const end = declaration.body?.start ?? declaration.end
      const signature = inLines(text.slice(declaration.start, end))
      const parameters = declaration.params.map(toParameter)
      return [{ name: declaration.id!.name, kind: 'function', signature, parameters, start }]
    }
    if (declaration.type !== 'VariableDeclaration') return []
    return declaration.declarations.flatMap(({ id }) =>
      id.type === 'Identifier'
        ? [
            {
              name: id.name,
              kind: 'const',
              signature: `const ${text.slice(id.start, id.end)}`,
              parameters: [],
              start,
            },
          ]
        : [],
    )
  })
  const examples = jsdocBlocks(text)
  return [...new Set(declared.map(({ name }) => name))].map((name) => {
    const all = declared.filter((candidate) => candidate.name === name)
    const comment = all
      .map(({ start }) =>
        comments.find(
          ({ type, value, end }) =>
            type === 'Block' && value.startsWith('*') && text.slice(end, start).trim() === '',
        ),
      )
      .find((candidate) => candidate !== undefined)
    const signatures = all.map(({ signature }) => signature)
    return {
      name,
      kind: all[0]!.kind,
      // The last one of overloads is the implementation's, which callers do not see.
      signatures: signatures.length > 1 ? signatures.slice(0, -1) : signatures,
      parameters: [
        ...new Map(all.flatMap(({ parameters }) => parameters.map((each) => [each.name, each]))).values(),
      ],
      ...parseComment(comment?.value ?? ''),
      examples: examples.filter(({ symbol }) => symbol === name).map(({ code }) => code.join('\n')),
    }
  })
}

/** The longest signature on one line, in characters. */
const LINE = 64

/** A function's head on one line, or a line for each parameter. */
function inLines(head: string): string {
  const line = head
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .replace(/\( /g, '(')
    .replace(/, \)/g, ')')
    .replace(/^function /, '')
  if (line.length <= LINE) return line
  const [open, close] = [line.indexOf('('), line.lastIndexOf(')')]
  const parameters = line.slice(open + 1, close).split(/, (?=\w+\??:|\{)/)
  return [
    line.slice(0, open + 1),
    ...parameters.map((parameter) => `  ${parameter},`),
    line.slice(close),
  ].join('\n')
}

function toParameter(parameter: ParamPattern): Parameter {
  if (parameter.type === 'AssignmentPattern') return toParameter(parameter.left)
  if (parameter.type === 'TSParameterProperty') throw new Error('a function with a parameter property')
  const annotation = parameter.typeAnnotation?.typeAnnotation
  const named = annotation?.type === 'TSTypeReference' ? annotation.typeName : undefined
  return {
    name: parameter.type === 'Identifier' ? parameter.name : 'options',
    type: named?.type === 'Identifier' ? named.name : undefined,
  }
}

/** What is said of the members of the interfaces of a source file, by the interface's name. */
export function readInterfaces(text: string): ReadonlyMap<string, readonly Param[]> {
  const { program, comments } = parseSync('source.ts', text)
  const interfaces = program.body.flatMap((statement) => {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement
    return declaration?.type === 'TSInterfaceDeclaration' ? [declaration] : []
  })
  return new Map(
    interfaces.map(({ id, body }) => [
      id.name,
      body.body.flatMap((member): readonly Param[] => {
        if (member.type !== 'TSPropertySignature' || member.key.type !== 'Identifier') return []
        const comment = comments.find(
          ({ end }) => text.slice(end, member.start).trim() === '' && end <= member.start,
        )
        return comment === undefined
          ? []
          : [{ name: member.key.name, text: parseComment(comment.value).paragraphs.join(' ') }]
      }),
    ]),
  )
}

type Parsed = Pick<Docstring, 'paragraphs' | 'params' | 'throws' | 'returns' | 'see'>

function parseComment(comment: string): Parsed {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd())
  const blocks: { tag: string; lines: string[] }[] = [{ tag: '', lines: [] }]
  for (const line of lines) {
    const tag = /^@(\w+)\s*(.*)$/.exec(line)
    if (tag) blocks.push({ tag: tag[1]!, lines: [tag[2]!] })
    else blocks.at(-1)!.lines.push(line)
  }
  const [lead, ...tagged] = blocks
  const of = (name: string): readonly string[] =>
    tagged.filter(({ tag }) => tag === name).map(({ lines: [...own] }) => own.join(' ').trim())
  return {
    paragraphs: lead!.lines
      .join('\n')
      .split(/\n\s*\n/)
      .map((paragraph) => paragraph.replaceAll('\n', ' ').trim())
      .filter((paragraph) => paragraph !== ''),
    params: of('param').map((text) => {
      const [, name, rest] = /^(\S+)\s*([\s\S]*)$/.exec(text) ?? [text, text, '']
      return { name: name!, text: rest! }
    }),
    throws: of('throws'),
    returns: of('returns'),
    see: of('see'),
  }
}
