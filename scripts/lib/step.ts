import type { Finished } from './command.ts'

/** How a step of the check ended. */
export interface StepResult {
  readonly passed: number
  readonly failed: number
  /** Shown in full when the step failed. */
  readonly output: string
  /** Shown although it passed: what tests wrote to the console. */
  readonly noise?: string
}

/** A step that is one check: it passes or fails as a whole. */
export function asOne({ ok, output }: Finished): StepResult {
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output }
}

/** A step that looks for problems and passes if there are none. */
export function noProblems(problems: readonly string[]): StepResult {
  const ok = problems.length === 0
  return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, output: problems.join('\n') }
}
