import { atomsOf } from './atoms.ts'
import { columnOf, measured, reasonIn, type Cell, type Column } from './cell.ts'
import { exactGradients, pointGradient, type Gradient } from './exactGradient.ts'
import { ESTIMATORS, type Objective } from './estimators.ts'
import { FAMILIES } from './families.ts'
import { MODELS } from './models.ts'

export const COLUMNS: readonly string[] = [...Object.keys(FAMILIES), 'guide']

/** Families differ in continuous latents only: where there are none, one stands for all that take discrete ones. */
export function columnsFor(model: string): readonly string[] {
  return model === 'bernoulli' ? ['meanField', 'point', 'guide'] : COLUMNS
}

const KEYS = 20_000

/** The cells of a model's table: by the names of estimators and families. */
export type Table = ReadonlyMap<string, ReadonlyMap<string, Cell>>

/**
 * Measures every estimator with every family on a model. What is said to be unbiased and is four standard errors off is measured
 * again with other keys, five times as many: of thousands of entries some are as far by chance, of those none twice.
 */
export async function tableOf(name: string): Promise<Table> {
  const of = MODELS[name]!
  const rows = new Map(Object.keys(ESTIMATORS).map((estimator) => [estimator, new Map<string, Cell>()]))
  for (const family of columnsFor(name)) {
    const known = new Map<Objective, Gradient>()
    const column = taken(() => columnOf(of, family))
    const exactly = 'refused' in column ? undefined : gradientsOf(column, family)
    for (const [estimator, own] of Object.entries(ESTIMATORS)) {
      if ('refused' in column) {
        rows.get(estimator)!.set(family, column)
        continue
      }
      const exact = known.get(own.objective) ?? exactly!(own.objective)
      known.set(own.objective, exact)
      const first = await measured(column, own, KEYS, 0, exact)
      const isFar = own.estimator.isUnbiased && 'farthest' in first && first.farthest >= 4
      rows.get(estimator)!.set(family, isFar ? await measured(column, own, 5 * KEYS, 1, exact) : first)
    }
  }
  return rows
}

function gradientsOf({ setting, params, of }: Column, family: string): (objective: Objective) => Gradient {
  return family === 'point'
    ? () => pointGradient(setting, params)
    : exactGradients(setting, params, atomsOf(setting, of, family))
}

function taken<Of>(f: () => Of): Of | { readonly refused: string } {
  try {
    return f()
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error)) throw error
    return { refused: reasonIn(error.message) }
  }
}

/** A number in three digits. */
function short(x: number): string {
  return x === 0 || x < 1e-12 ? '0' : x < 0.001 ? x.toExponential(1) : String(Number(x.toPrecision(3)))
}

/** What a cell shows; reasons are numbered as they come. */
function shownCell(cell: Cell, isUnbiased: boolean, reasons: string[]): string {
  if ('refused' in cell) {
    if (!reasons.includes(cell.refused)) reasons.push(cell.refused)
    return `— (${reasons.indexOf(cell.refused) + 1})`
  }
  if (isUnbiased) return short(cell.variance)
  const noise = Math.sqrt(cell.variance / KEYS)
  return `${short(cell.variance)}, biased by ${short(cell.bias)} ± ${short(noise)}`
}

/** A model's table in Markdown, and the reasons why cells are empty. */
export function markdownOf(name: string, table: Table, reasons: string[]): string {
  const columns = columnsFor(name)
  const lines = [...table].map(([estimator, cells]) => {
    const { isUnbiased } = ESTIMATORS[estimator]!.estimator
    const shown = columns.map((family) => shownCell(cells.get(family)!, isUnbiased, reasons))
    return `| \`${estimator}\` | ${shown.join(' | ')} |`
  })
  return [
    `| estimator | ${columns.map((family) => `\`${family}\``).join(' | ')} |`,
    `| --- | ${columns.map(() => '---').join(' | ')} |`,
    ...lines,
  ].join('\n')
}

/** The cells that are said to be unbiased and are not within four standard errors. */
export function wrongIn(table: Table): readonly string[] {
  return [...table].flatMap(([estimator, cells]) =>
    [...cells].flatMap(([family, cell]) =>
      ESTIMATORS[estimator]!.estimator.isUnbiased && 'farthest' in cell && !(cell.farthest < 4)
        ? [`${estimator}, ${family}: ${cell.farthest} standard errors`]
        : [],
    ),
  )
}
