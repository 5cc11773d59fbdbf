import '@tensorflow/tfjs-backend-cpu'
import { readFile, writeFile } from 'node:fs/promises'
import { MODELS } from '../test/table/models.ts'
import { markdownOf, tableOf, wrongIn } from '../test/table/page.ts'

/**
 * Measures all cells of docs/estimators-and-families.md, and puts them between its marks:
 * `node --conditions=@variate/source --import tsx packages/inference/scripts/estimatorsAndFamilies.ts`.
 */
const PAGE = new URL('../../../docs/estimators-and-families.md', import.meta.url)

const reasons: string[] = []
let page = await readFile(PAGE, 'utf8')
for (const name of Object.keys(MODELS)) {
  const table = await tableOf(name)
  for (const wrong of wrongIn(table)) {
    console.error(`${name}: ${wrong}`)
    process.exitCode = 1
  }
  page = marked(page, name, markdownOf(name, table, reasons))
}
await writeFile(PAGE, marked(page, 'reasons', reasons.map((reason, at) => `${at + 1}. ${reason}`).join('\n')))

function marked(text: string, name: string, own: string): string {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`docs/estimators-and-families.md has no ${begin} … ${end}`)
  return `${text.slice(0, from)}${begin}\n\n${own}\n\n${text.slice(to)}`
}
