import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { tool, type CommandOptions, type Finished } from './command.ts'
import type { StepResult } from './step.ts'

/** The part of vitest's JSON report that is counted. */
export interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
}

/** Runs projects of vitest.config.ts; each test counts. */
export async function vitest(projects: readonly string[], options?: CommandOptions): Promise<StepResult> {
  const folder = mkdtempSync(join(tmpdir(), 'variate-'))
  const file = join(folder, 'report.json')
  const args = [
    'run',
    ...projects.flatMap((project) => ['--project', project]),
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]
  const run = await tool('vitest', args, { env: { NO_COLOR: '1' }, ...options })
  const report = readReport(file)
  rmSync(folder, { recursive: true })
  return tally(run, report, Boolean(process.env['CI']))
}

/**
 * Counts a run. A run that failed without a failed test (a crash, a hang, a file that does not load, an
 * unhandled error) counts as one failure; so does one without tests. Where CI is set, nothing is skipped.
 */
export function tally(run: Finished, report: VitestReport | undefined, ci: boolean): StepResult {
  const {
    numPassedTests: passed = 0,
    numFailedTests = 0,
    numPendingTests = 0,
    numTodoTests = 0,
  } = report ?? {}
  const skipped = numPendingTests + numTodoTests
  const forbidden = ci ? skipped : 0
  const silent = numFailedTests + forbidden === 0 && (!run.ok || passed === 0)
  const note = skipped > 0 ? `${skipped} tests were skipped\n` : ''
  return {
    passed,
    failed: numFailedTests + forbidden + (silent ? 1 : 0),
    output: run.output + note,
    ...((note || run.errors) && { noise: run.errors + note }),
  }
}

function readReport(file: string): VitestReport | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport
  } catch {
    return undefined // vitest ended before it wrote one
  }
}
