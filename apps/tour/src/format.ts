/** `9 s`, `1 min 5 s`. */
export function formatSeconds(seconds: number): string {
  const whole = Math.round(seconds)
  return whole < 60 ? `${whole} s` : `${Math.floor(whole / 60)} min ${whole % 60} s`
}

/** Thousands apart, a minus sign and not a hyphen. */
export function formatNumber(value: number, decimals = 0): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
  return value.toLocaleString('en-US', digits).replace('-', '−')
}

/** A share as a percentage: `57.7 %`. */
export function formatShare(share: number, decimals = 0): string {
  return `${(100 * share).toFixed(decimals)} %`
}
