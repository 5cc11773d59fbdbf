import type { Declaration } from './declaration.ts'
import { whatItIs } from './whatItIs.ts'

/**
 * That a name is not among others, and which of them it may be meant for.
 *
 * @param site what has the name, if anything does: no other is meant then.
 */
export function suggestion(name: string, names: readonly string[], what: string, site?: Declaration): string {
  if (site) return `is not ${what}: ${whatItIs(site)}`
  const near = names.find((other) => distance(name, other) <= Math.max(1, 0.4 * name.length))
  if (near !== undefined) return `is not ${what}: did you mean "${near}"?`
  const list = names.map((other) => `"${other}"`).join(', ')
  return `is not ${what}: ${names.length === 0 ? 'nothing is' : `there are ${list}`}`
}

/**
 * How many letters are to be inserted, left out, replaced, or exchanged with the next.
 *
 * @see Damerau, A technique for computer detection and correction of spelling errors (1964).
 */
function distance(a: string, b: string): number {
  const rows: number[][] = []
  const at = (i: number, j: number): number => (i < 0 || j < 0 ? i + j + 2 : rows[i]![j]!)
  for (let i = 0; i < a.length; i++) {
    rows.push([])
    for (let j = 0; j < b.length; j++) {
      const isExchanged = i > 0 && j > 0 && a[i] === b[j - 1] && a[i - 1] === b[j]
      rows[i]!.push(
        Math.min(
          at(i - 1, j) + 1,
          at(i, j - 1) + 1,
          at(i - 1, j - 1) + Number(a[i] !== b[j]),
          isExchanged ? at(i - 2, j - 2) + 1 : Infinity,
        ),
      )
    }
  }
  return at(a.length - 1, b.length - 1)
}
