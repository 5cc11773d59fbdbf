import { difference, parseExpected } from './expectation.ts'

/** What `expression // => literal` becomes. */
export function expectValue(actual: unknown, literal: string, at: string): void {
  const found =
    actual instanceof Promise
      ? 'the value is a Promise: await it'
      : difference(actual, parseExpected(literal))
  if (found !== undefined) throw new Error(`${at}: ${found}; the example says ${literal}`)
}

/** What `expression // => throws 'part of the message'` becomes. */
export async function expectThrows(run: () => unknown, message: string, at: string): Promise<void> {
  let outcome: string
  try {
    await run()
    outcome = 'nothing was thrown'
  } catch (error) {
    outcome = String(error)
    if (outcome.includes(message)) return
  }
  throw new Error(`${at}: ${outcome}; the example says that it throws "${message}"`)
}
