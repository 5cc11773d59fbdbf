/** A record with the same names, each value mapped. */
export function mapValues<Name extends string, From, To>(
  record: Readonly<Record<Name, From>>,
  map: (value: From, name: Name) => To,
): Readonly<Record<Name, To>> {
  const entries = Object.entries<From>(record) as [Name, From][]
  return Object.fromEntries(entries.map(([name, value]) => [name, map(value, name)])) as Record<Name, To>
}
