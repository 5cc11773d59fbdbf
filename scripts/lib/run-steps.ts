import type { StepResult } from './step.ts'

export interface Step {
  readonly name: string
  readonly run: () => StepResult | Promise<StepResult>
}

/**
 * Runs steps one after another, with a line for each, what failed in full, and the totals at the end.
 *
 * @param names the steps to run; all of them if it is empty.
 * @returns the exit code.
 */
export async function runSteps(steps: readonly Step[], names: readonly string[]): Promise<number> {
  if (names.includes('help')) {
    console.log(
      `npm run check -- <step> …, with steps of ${steps.map(({ name }) => name).join(', ')}; none for all`,
    )
    return 0
  }
  const unknown = names.filter((name) => !steps.some((step) => step.name === name))
  if (unknown.length > 0) {
    console.error(`no step "${unknown.join('", "')}"; there are ${steps.map(({ name }) => name).join(', ')}`)
    return 1
  }
  const width = Math.max(...steps.map(({ name }) => name.length))
  let [passed, failed] = [0, 0]
  for (const step of steps.filter(({ name }) => names.length === 0 || names.includes(name))) {
    const start = performance.now()
    process.stdout.write(`${step.name.padEnd(width)}  `)
    const result = await settled(step)
    passed += result.passed
    failed += result.failed
    const seconds = ((performance.now() - start) / 1000).toFixed(1).padStart(6)
    const count = result.passed + result.failed > 1 ? `  ${totals(result.passed, result.failed)}` : ''
    console.log(`${result.failed > 0 ? 'FAILED' : 'ok    '} ${seconds} s${count}`)
    const shown = (result.failed > 0 ? result.output : (result.noise ?? '')).trim()
    if (shown !== '') console.log(`\n${shown.replaceAll(/^/gm, '  ')}\n`)
  }
  console.log(`\n${totals(passed, failed)}`)
  return failed > 0 || passed === 0 ? 1 : 0
}

/** A step that throws has failed. */
async function settled(step: Step): Promise<StepResult> {
  try {
    return await step.run()
  } catch (error) {
    return {
      passed: 0,
      failed: 1,
      output: error instanceof Error ? (error.stack ?? error.message) : String(error),
    }
  }
}

function totals(passed: number, failed: number): string {
  return `${passed} passed, ${failed} failed`
}
