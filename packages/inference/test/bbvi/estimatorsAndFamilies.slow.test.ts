import '@tensorflow/tfjs-backend-cpu'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { MODELS } from '../table/models.ts'
import { markdownOf, tableOf, wrongIn } from '../table/page.ts'

const page = readFileSync(new URL('../../../../docs/estimators-and-families.md', import.meta.url), 'utf8')

const cellsOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .filter((line) => line.includes('`'))
    .flatMap((line) => line.split('|').map((cell) => cell.trim().replace(/^— .*$/, '—')))

/** What a cell says, and its variance. */
const partsOf = (cell: string): readonly [string, number] => [
  cell.replaceAll(/[\d.e+-]+/g, '0'),
  Number.parseFloat(cell.replace('(', '')),
]

test.each(Object.keys(MODELS))(
  '%s: the page says what is measured, and unbiased estimators are',
  async (name) => {
    const table = await tableOf(name)
    expect(wrongIn(table)).toEqual([])
    const told = cellsOf(page.split(`<!-- ${name} -->`)[1]!.split(`<!-- /${name} -->`)[0]!).map(partsOf)
    const found = cellsOf(markdownOf(name, table, [])).map(partsOf)
    expect(told.map(([text]) => text)).toEqual(found.map(([text]) => text))
    const isFar = (at: number): boolean => {
      const [own, other] = [told[at]![1], found[at]![1]]
      return Number.isFinite(own) && Math.abs(own - other) > 0.3 * other + 1e-12
    }
    expect(told.filter((_, at) => isFar(at))).toEqual([])
  },
)
