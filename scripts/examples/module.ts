import { parseSync, type Comment, type Statement } from 'oxc-parser'
import type { Block } from './blocks.ts'
import { parseExpected } from './expectation.ts'

interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

const PRELUDE = '$examples'

/**
 * The test module that runs examples which continue each other. Its line numbers are those of the file
 * that the examples stand in, so that every error, of the type checker as well, points there.
 *
 * @param path the file that they stand in.
 * @param assertions the import specifier of assert.ts.
 */
export function exampleModule(path: string, blocks: readonly Block[], assertions: string): string {
  const source = padded(blocks)
  const { program, comments, errors } = parseSync(`${path}.ts`, source)
  if (errors[0])
    throw new Error(`${path}:${blocks[0]!.line}: ${errors[0].message}\n${errors[0].codeframe ?? ''}`)

  const at = (offset: number): string => `${path}:${source.slice(0, offset).split('\n').length}`
  const imports = program.body.filter((statement) => statement.type === 'ImportDeclaration')
  const body =
    program.body.find((statement) => statement.type !== 'ImportDeclaration')?.start ?? source.length
  const late = imports.filter(({ start }) => start > body)
  const edits: Edit[] = late.map(({ start, end }) => ({
    start,
    end,
    text: newlines(source.slice(start, end)),
  }))
  for (const { text, start } of arrows(comments, source)) {
    const statement = program.body.findLast((candidate) => candidate.end <= start)
    if (!statement || !/^[;\s]*$/.test(source.slice(statement.end, start))) {
      throw new Error(`${at(start)}: "// => ${text}" does not follow a statement`)
    }
    edits.push(assertion(statement, text, source, at(statement.start)))
  }

  const header = [
    `import { test as $test } from 'vitest'`,
    `import * as ${PRELUDE} from '${assertions}'`,
    ...late.map(({ start, end }) => source.slice(start, end).replaceAll(/\s*\n\s*/g, ' ')),
  ].join('; ')
  const name = `${path}:${blocks[0]!.line}${blocks[0]!.symbol === undefined ? '' : ` ${blocks[0]!.symbol}`}`
  const call = blocks.every(({ run }) => run) ? `$test(${JSON.stringify(name)}, ` : 'void ('
  const used = [PRELUDE, ...program.body.flatMap(declaredNames)].join(', ')
  const text = applied(source, [...edits, { start: body, end: body, text: `;${call}async () => {` }])
  return `${header}; ${text}\n;void [$test, ${used}]\n})\n`
}

/** The blocks' code at its original lines, blank lines elsewhere. */
function padded(blocks: readonly Block[]): string {
  const lines: string[] = []
  for (const { line, code } of blocks) for (const [i, text] of code.entries()) lines[line - 1 + i] = text
  return Array.from(lines, (text) => text ?? '').join('\n')
}

/** The comments that begin with `=>`, each with the comment lines that complete its literal. */
function arrows(comments: readonly Comment[], source: string): readonly { text: string; start: number }[] {
  return comments.flatMap((comment, i) => {
    if (!isArrow(comment)) return []
    if (comment.type !== 'Line') throw new Error(`"/* => */" asserts nothing: write it as a // comment`)
    let [text, end] = [comment.value.trim().slice(2).trim(), comment.end]
    for (const next of comments.slice(i + 1)) {
      const follows = source.slice(end, next.start).trim() === '' && !isArrow(next)
      if (!follows || isComplete(text)) break
      text += ` ${next.value.trim()}`
      end = next.end
    }
    return [{ text, start: comment.start }]
  })
}

function isArrow({ value }: Comment): boolean {
  return /^\s*=>/.test(value)
}

function isComplete(text: string): boolean {
  return !/^[[{]/.test(text) || (text.match(/[[{]/g) ?? []).length <= (text.match(/[\]}]/g) ?? []).length
}

function assertion(statement: Statement, text: string, source: string, at: string): Edit {
  const literal = (value: string): string => JSON.stringify(value)
  const throws = /^throws\s+(['"])(.+)\1$/.exec(text)
  if (!throws) {
    try {
      parseExpected(text)
    } catch (error) {
      throw new Error(`${at}: ${(error as Error).message}`, { cause: error })
    }
  }
  const { start, end } = statement
  if (statement.type === 'ExpressionStatement') {
    const code = logged(statement.expression, source)
    if (throws) {
      const run = `async () => { return ${code} }`
      return {
        start,
        end,
        text: `;await ${PRELUDE}.expectThrows(${run}, ${literal(throws[2]!)}, ${literal(at)});`,
      }
    }
    return { start, end, text: `;${PRELUDE}.expectValue(${code}, ${literal(text)}, ${literal(at)});` }
  }
  const declared = statement.type === 'VariableDeclaration' ? statement.declarations : []
  const [declarator] = declared
  if (declared.length !== 1 || declarator!.id.type !== 'Identifier' || throws) {
    throw new Error(`${at}: "// => ${text}" must follow an expression or the declaration of one name`)
  }
  const check = `;${PRELUDE}.expectValue(${declarator!.id.name}, ${literal(text)}, ${literal(at)});`
  return { start: end, end, text: check }
}

/** The expression whose value is shown: of `console.log(x)`, that is x. */
function logged(expression: { start: number; end: number }, source: string): string {
  const code = source.slice(expression.start, expression.end)
  return /^console\.log\(([\s\S]*)\)$/.exec(code)?.[1] ?? code
}

/** What a statement declares, so that an example may name a result and leave it there. */
function declaredNames(statement: Statement): readonly string[] {
  if (statement.type === 'FunctionDeclaration' || statement.type === 'ClassDeclaration') {
    return statement.id ? [statement.id.name] : []
  }
  return statement.type === 'VariableDeclaration'
    ? statement.declarations.flatMap(({ id }) => patternNames(id))
    : []
}

interface Pattern {
  readonly type: string
  readonly name?: unknown
}

function patternNames(pattern: Pattern): readonly string[] {
  if (pattern.type === 'Identifier') return [String(pattern.name)]
  return Object.entries(pattern).flatMap(([key, part]) =>
    key === 'key' || key === 'typeAnnotation' || key === 'right'
      ? []
      : [part]
          .flat()
          .flatMap((item) =>
            typeof item === 'object' && item !== null ? patternNames(item as Pattern) : [],
          ),
  )
}

function applied(source: string, edits: readonly Edit[]): string {
  return edits
    .toSorted((a, b) => b.start - a.start || b.end - a.end)
    .reduce((text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end), source)
}

function newlines(text: string): string {
  return text.replaceAll(/[^\n]/g, '')
}
