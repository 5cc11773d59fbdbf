/** |x − y|/|x|, 0 where both are the same. */
export function relativeChange(x: number, y: number): number {
  return x === y ? 0 : Math.abs(x - y) / Math.abs(x)
}
