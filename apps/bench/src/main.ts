import { mkdir, writeFile } from 'node:fs/promises'
import { parseArgs } from 'node:util'
import { formatTable } from '@variate/core'
import type { Benchmark, Report } from './benchmark.ts'
import { benchmarks } from './benchmarks.ts'
import { writeToDocs } from './writeToDocs.ts'

const USAGE = `npm run bench -- [name …] [--quick] [--write]

  --quick  small data, few repetitions: shows that a benchmark runs
  --write  puts the table into docs/benchmarks.md
`

const OPTIONS = {
  quick: { type: 'boolean', default: false },
  write: { type: 'boolean', default: false },
} as const

/** A line that is overwritten by the next; only for a terminal. */
function status(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${text}`)
}

function list(): string {
  const width = Math.max(...benchmarks.map(({ name }) => name.length))
  return benchmarks.map(({ name, about }) => `  ${name.padEnd(width)}  ${about}`).join('\n')
}

function choose(names: readonly string[]): readonly Benchmark[] {
  return names.map((name) => {
    const found = benchmarks.find((benchmark) => benchmark.name === name)
    if (found === undefined) throw new Error(`there is no benchmark "${name}"; there are\n${list()}`)
    return found
  })
}

function format({ title, header, rows, notes }: Report): string {
  return [title, '', formatTable(header, rows), '', ...notes].join('\n')
}

/** Indented, lists of numbers on one line, as the formatter leaves them. */
function toJSON(record: object): string {
  const indented = JSON.stringify(record, null, 2)
  const list = /\[\s+([^[\]{}]*?)\s+\]/g
  return `${indented.replace(list, (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`)}\n`
}

async function run(
  benchmark: Benchmark,
  { quick, write }: { quick: boolean; write: boolean },
): Promise<void> {
  const report = await benchmark.run({ quick, status: (text) => status(`${benchmark.name}: ${text}`) })
  status('')
  console.log(`${format(report)}\n`)
  for (const failure of report.failures) {
    console.error(`${benchmark.name}: ${failure}`)
    process.exitCode = 1
  }
  if (quick) return
  const folder = new URL('../results/', import.meta.url)
  await mkdir(folder, { recursive: true })
  await writeFile(new URL(`${benchmark.name}.json`, folder), toJSON(report.record))
  if (write) await writeToDocs(benchmark.name, format(report))
}

try {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true })
  if (positionals.length === 0) console.log(`${USAGE}\n${list()}\n`)
  for (const benchmark of positionals.length === 0
    ? benchmarks.filter(({ isLong }) => !isLong)
    : choose(positionals))
    await run(benchmark, values)
} catch (error) {
  status('')
  console.error(`bench: ${(error as Error).message}`)
  process.exitCode = 1
}
