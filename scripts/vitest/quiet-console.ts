import { format } from 'node:util'
import { afterEach } from 'vitest'

/** What TensorFlow.js prints once, on the first use of its CPU backend in Node. */
const TENSORFLOW_GREETING = /looks like you are running TensorFlow\.js in Node\.js/

const heard: string[] = []

/** A warning that no test expects is a defect: a test that does expect one spies on the console itself. */
for (const level of ['warn', 'error'] as const) {
  const print = console[level]
  console[level] = (...args: unknown[]): void => {
    const text = format(...args)
    if (TENSORFLOW_GREETING.test(text)) return
    heard.push(`console.${level}: ${text}`)
    print.apply(console, args)
  }
}

afterEach(() => {
  const noise = heard.splice(0)
  if (noise.length > 0) throw new Error(`the test did not expect\n${noise.join('\n')}`)
})
