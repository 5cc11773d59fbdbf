/** A value as errors show it, cut if it is long: `"a"`, `"2n"` for a bigint, `[0.5,0.5]`, `{"loc":0}`. */
export function shown(x: unknown): string {
  const text = JSON.stringify(x, (_, item: unknown) => (typeof item === 'bigint' ? `${item}n` : item))
  return (typeof x === 'number' ? undefined : text)?.slice(0, 60) ?? String(x)
}
