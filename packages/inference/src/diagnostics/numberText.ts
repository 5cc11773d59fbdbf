/** From here on numbers are written with powers of ten. */
const [LARGE, MOST_DECIMALS] = [1e7, 6]

/** How many decimals show three digits of a spread. */
export function decimalsFor(spread: number): number {
  if (!(spread > 0 && spread < Infinity)) return 2
  return Math.max(0, 2 - Math.floor(Math.log10(spread)))
}

/** A number for a table: with so many decimals, or a power of ten where they would be many; a dash where there is none. */
export function numberText(x: number, decimals = 2): string {
  if (Number.isNaN(x)) return '–'
  if (!Number.isFinite(x)) return x > 0 ? '∞' : '-∞'
  if (Math.abs(x) >= LARGE || (decimals > MOST_DECIMALS && x !== 0)) return x.toExponential(2)
  const text = x.toFixed(Math.min(decimals, MOST_DECIMALS))
  return Number(text) === 0 ? text.replace('-', '') : text
}

/** A share of 1 in per cent. */
export function percentText(share: number): string {
  return `${Number((100 * share).toFixed(2))} %`
}
