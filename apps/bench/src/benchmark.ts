/** What a benchmark may be told. */
export interface BenchmarkOptions {
  /** Small data and few repetitions: shows that it runs, and measures nothing. */
  readonly quick: boolean
  /** Tells a person what is going on. */
  readonly status: (text: string) => void
}

/** What a benchmark found. */
export interface Report {
  readonly title: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
  /** How to read the table, and what it was measured on: one line each. */
  readonly notes: readonly string[]
  /** What makes the figures worthless, two sides that disagree for one; the programme then exits with 1. */
  readonly failures: readonly string[]
  /** The figures, for results/<name>.json. */
  readonly record: object
}

/** One question with a table as its answer. Each has a folder of its own and a line in `benchmarks.ts`. */
export interface Benchmark {
  readonly name: string
  readonly about: string
  /** Whether it takes so long that it only runs when it is asked for by name. */
  readonly isLong?: boolean
  run(options: BenchmarkOptions): Promise<Report>
}
