import type { Problem } from './problem.ts'

/** The factors whose distributions depend on some, directly or through others: themselves where they read themselves. */
export function downstreamOf(
  { factors }: Pick<Problem, 'factors'>,
  names: readonly string[],
): readonly string[] {
  const readersOf = (name: string): readonly string[] =>
    factors.find((factor) => factor.name === name)?.factors.map((reader) => reader.name) ?? []
  const found = new Set<string>()
  const open = names.flatMap(readersOf)
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (found.has(name)) continue
    found.add(name)
    open.push(...readersOf(name))
  }
  return [...found]
}
