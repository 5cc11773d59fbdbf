/** The derivative of f at x by central differences, with an error of order step². */
export function centralDifference(
  f: (x: number) => number,
  x: number,
  step = 1e-5 * Math.max(1, Math.abs(x)),
): number {
  return (f(x + step) - f(x - step)) / (2 * step)
}
