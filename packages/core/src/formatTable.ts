/**
 * Rows of text as a table with aligned columns: numbers to the right, the first column to the left.
 *
 * @param left the places of the columns of words, which are aligned to the left: the first, if not given.
 *
 * @example
 * ```ts
 * import { formatTable } from '@variate/core'
 *
 * formatTable(['site', 'mean'], [['mu', '4.4'], ['tau', '13.1']]).split('\n')
 * // => ['site  mean', '──────────', 'mu     4.4', 'tau   13.1']
 * ```
 */
export function formatTable(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  left: readonly number[] = [0],
): string {
  const widths = header.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    widths
      .map((width, column) =>
        left.includes(column) ? (cells[column] ?? '').padEnd(width) : (cells[column] ?? '').padStart(width),
      )
      .join('  ')
      .trimEnd()
  const rule = '─'.repeat(widths.reduce((sum, width) => sum + width, 2 * (widths.length - 1)))
  return [line(header), rule, ...rows.map(line)].join('\n')
}
