/** How far the furthest of two lists' values are apart, in units of 1 + their size; Infinity for lists that do not match. */
export function disagreement(ours: readonly number[], theirs: readonly number[]): number {
  if (ours.length !== theirs.length) return Infinity
  let most = 0
  for (const [i, x] of ours.entries()) {
    const apart = Math.abs(x - theirs[i]!) / (1 + Math.abs(theirs[i]!))
    if (!(apart <= most)) most = Number.isNaN(apart) ? Infinity : apart
  }
  return most
}
