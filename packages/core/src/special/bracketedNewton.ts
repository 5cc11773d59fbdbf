/**
 * The root of an increasing function between two ends, by Newton's method, with bisection where a step leaves them.
 *
 * @param step the Newton step at a point: its sign tells on which side the root is.
 */
export function bracketedNewton(
  start: number,
  low: number,
  high: number,
  step: (x: number) => number,
): number {
  let x = start
  for (let i = 0; i < 200; i++) {
    const by = step(x)
    if (by < 0) high = x
    else low = x
    const next = x + by > low && x + by < high ? x + by : 0.5 * (low + high)
    const moved = Math.abs(next - x)
    x = next
    if (moved <= 1e-15 * Math.max(1, Math.abs(x))) break
  }
  return x
}
