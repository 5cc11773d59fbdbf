import { readFileSync } from 'node:fs'

type JsonCase = Readonly<Record<string, unknown>> & { readonly name: string }

/**
 * The oracle of a distribution that a combinator makes in another way.
 *
 * @param without what the combination has no formula for, such as `mean`.
 * @param keep the cases that it is held to; all if not given.
 */
export function oracleOf(
  name: string,
  without: readonly string[] = [],
  keep: (name: string) => boolean = () => true,
): unknown {
  const url = new URL(`oracles/${name}.json`, import.meta.url)
  const { cases } = JSON.parse(readFileSync(url, 'utf8')) as { readonly cases: readonly JsonCase[] }
  return {
    cases: cases
      .filter((item) => keep(item.name))
      .map((item) => Object.fromEntries(Object.entries(item).filter(([key]) => !without.includes(key)))),
  }
}
