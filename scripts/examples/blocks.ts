/** A TypeScript example, where it stands in its file. */
export interface Block {
  /** The line of its first line of code, counted from 1. */
  readonly line: number
  readonly code: readonly string[]
  /** What it belongs to: the declaration below a JSDoc comment. */
  readonly symbol?: string
  /** False for ```ts no-run: it is type-checked alone. */
  readonly run: boolean
  /** True for ```ts alone: on a page, it begins a module of its own. */
  readonly alone: boolean
}

interface Line {
  readonly number: number
  readonly text: string
}

const FENCE = /^\s*(?:```|~~~)(.*)$/
const DECLARED =
  /^(?:\s|\/\/.*\n)*(?:(?:export|default|declare|abstract|async|override|readonly|static|get|function\*?|class|const|interface|type)\s+)*([\w$]+)/

/** The examples in the JSDoc comments of a TypeScript file. */
export function jsdocBlocks(text: string): readonly Block[] {
  return [...text.matchAll(/\/\*\*[\s\S]*?\*\//g)].flatMap((comment) => {
    const first = lineAt(text, comment.index)
    const lines = comment[0].split('\n').map((line, i) => ({
      number: first + i,
      text: line.replace(/^\s*(?:\/\*\*|\*(?!\/) ?)/, '').replace(/\s*\*\/$/, ''),
    }))
    const symbol = DECLARED.exec(text.slice(comment.index + comment[0].length))?.[1]
    const blocks = fenced(lines).map((block) => ({ ...block, ...(symbol !== undefined && { symbol }) }))
    const tags = lines.filter((line) => /^\s*@example\b/.test(line.text)).length
    if (tags > blocks.length) throw new Error(`line ${first}: an @example without a \`\`\`ts block`)
    return blocks
  })
}

/** The examples on a Markdown page. */
export function markdownBlocks(text: string): readonly Block[] {
  return fenced(text.split('\n').map((line, i) => ({ number: i + 1, text: line })))
}

function fenced(lines: readonly Line[]): Block[] {
  const blocks: Block[] = []
  let open: { readonly info: string; readonly at: number; readonly code: string[] } | undefined
  for (const { number, text } of lines) {
    const fence = FENCE.exec(text)
    if (!fence) open?.code.push(text)
    else if (!open) open = { info: fence[1]!.trim(), at: number, code: [] }
    else {
      const block = toBlock(open.info, open.at, open.code)
      if (block) blocks.push(block)
      open = undefined
    }
  }
  if (open) throw new Error(`line ${open.at}: a block that is never closed`)
  return blocks
}

function toBlock(info: string, at: number, code: readonly string[]): Block | undefined {
  const [language, ...flags] = info.split(/\s+/)
  if (language !== 'ts' && /^([cm]?[jt]sx?|typescript|javascript)$/i.test(language!))
    throw new Error(`line ${at}: write \`\`\`ts, so that it is run`)
  if (language !== 'ts') return undefined
  const unknown = flags.find((flag) => flag !== 'no-run' && flag !== 'alone')
  if (unknown !== undefined)
    throw new Error(`line ${at}: unknown mark "${unknown}", write "no-run" or "alone"`)
  return { line: at + 1, code, run: !flags.includes('no-run'), alone: flags.includes('alone') }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length
}
