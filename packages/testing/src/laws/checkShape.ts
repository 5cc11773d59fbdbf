import { show } from '../evaluate.ts'
import type { Comparisons } from '../tally.ts'

export function checkShape(
  tally: Comparisons,
  at: string,
  got: readonly number[],
  expected: readonly number[],
): void {
  tally.check(show(got) === show(expected), () => `${at}: expected shape ${show(expected)}, got ${show(got)}`)
}
