import { readFileSync } from 'node:fs'

/** The rows below the header of a CSV file in test/oracles, as text. */
export function readCsv(name: string): string[][] {
  const text = readFileSync(new URL(`oracles/${name}`, import.meta.url), 'utf8')
  const [, ...lines] = text.trim().split('\n')
  return lines.map((line) => line.split(','))
}
