import { commandProblems } from './check-commands.ts'
import { packageProblems } from './check-packages.ts'
import { extractExamples } from './extract-examples.ts'
import { command, tool } from './lib/command.ts'
import { runSteps, type Step } from './lib/run-steps.ts'
import { asOne, noProblems } from './lib/step.ts'
import { vitest } from './lib/vitest-run.ts'
import { pack } from './pack.ts'

/** The commands that README.md tells people to type. This program is the second; its step `start` runs the first. */
const README_COMMANDS = ['npm start', 'npm test']

const steps: readonly Step[] = [
  { name: 'format', run: async () => asOne(await tool('oxfmt', ['--check'])) },
  { name: 'lint', run: async () => asOne(await tool('oxlint', ['--deny-warnings'])) },
  { name: 'types', run: types },
  { name: 'dead-code', run: async () => asOne(await tool('knip', ['--no-config-hints'])) },
  {
    name: 'test-only-code',
    run: async () => asOne(await tool('knip', ['--production', '--no-config-hints'])),
  },
  { name: 'packages', run: () => noProblems(packageProblems()) },
  { name: 'commands', run: () => noProblems(commandProblems(README_COMMANDS)) },
  { name: 'unit', run: () => vitest(['unit', 'alone'], { minutes: 14 }) },
  { name: 'examples', run: examples },
  { name: 'apps', run: () => vitest(['apps'], { minutes: 8 }) },
  { name: 'start', run: async () => asOne(await command('npm', ['start', '--loglevel=error'])) },
  { name: 'pack', run: pack },
]

async function types() {
  extractExamples()
  return asOne(await tool('tsc', ['--noEmit']))
}

async function examples() {
  extractExamples()
  return vitest(['examples'])
}

process.exitCode = await runSteps(steps, process.argv.slice(2))
