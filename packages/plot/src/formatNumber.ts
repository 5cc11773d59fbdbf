/** A number for reading beside a mark: two decimals, thousands apart, a minus sign and not a hyphen. */
export function formatNumber(value: number): string {
  const size = Math.abs(value)
  if (size !== 0 && (size < 0.01 || size >= 1e7)) return value.toExponential(2).replaceAll('-', '−')
  const decimals = size < 1 ? 4 : 2
  const text = value.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: decimals })
  return text.replace('-', '−')
}
