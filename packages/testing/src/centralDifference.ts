/**
 * The derivative of f at x by central differences, with an error of order step².
 *
 * @param step 10⁻⁵ of the size of x, and of 1, if not given.
 */
export function centralDifference(f: (x: number) => number, x: number, step?: number): number {
  const h = step ?? 1e-5 * Math.max(1, Math.abs(x))
  return (f(x + h) - f(x - h)) / (2 * h)
}
