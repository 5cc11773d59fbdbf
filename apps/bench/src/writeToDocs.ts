import { readFile, writeFile } from 'node:fs/promises'

const PAGE = new URL('../../../docs/benchmarks.md', import.meta.url)

/** Puts a benchmark's table, dated, between its two marks in docs/benchmarks.md. */
export async function writeToDocs(name: string, table: string): Promise<void> {
  const date = new Date().toISOString().slice(0, 10)
  await writeFile(
    PAGE,
    replaceMarked(await readFile(PAGE, 'utf8'), name, `Measured on ${date}:\n\n\`\`\`text\n${table}\n\`\`\``),
  )
}

/**
 * `page` with the text between `<!-- name -->` and `<!-- /name -->` replaced.
 *
 * @throws Error if the page has no such marks.
 */
export function replaceMarked(page: string, name: string, text: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const from = page.indexOf(begin)
  const to = page.indexOf(end, from)
  if (from < 0 || to < 0) throw new Error(`docs/benchmarks.md has no ${begin} … ${end}`)
  return `${page.slice(0, from)}${begin}\n\n${text}\n\n${page.slice(to)}`
}
