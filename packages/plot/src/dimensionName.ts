/** The name of a latent's dimension, counted from 0: `z₁` for the first. */
export function dimensionName(dimension: number): string {
  return `z${Array.from(String(dimension + 1), (digit) => '₀₁₂₃₄₅₆₇₈₉'[Number(digit)]).join('')}`
}
