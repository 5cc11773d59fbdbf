import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { shellCommands, unknownCommands, unknownScripts } from '../check-commands.ts'
import { root } from '../lib/root.ts'

const page = '# Title\n\n```sh\nnpm start # the tour\n\n# a remark\nnpm test\n```\n\n```ts\nnpm\n```\n'

test('the commands of a page are the lines of its sh blocks, without remarks', () => {
  expect(shellCommands(page)).toEqual(['npm start', 'npm test'])
})

test('a command that the check does not run is found', () => {
  expect(unknownCommands('README.md', page, ['npm start', 'npm test'], [])).toEqual([])
  expect(unknownCommands('README.md', page, ['npm test'], [])).toEqual([
    'README.md: the check does not run `npm start`',
  ])
})

test('installing published packages is known, installing others is not', () => {
  const install = (names: string): string => `\`\`\`sh\nnpm install ${names}\n\`\`\`\n`
  expect(unknownCommands('a', install('variate @variate/core'), [], ['variate', '@variate/core'])).toEqual([])
  expect(unknownCommands('a', install('@variate/testing'), [], ['variate'])).toHaveLength(1)
  expect(unknownCommands('a', '```sh\nnpm install\n```\n', [], ['variate'])).toHaveLength(1)
})

test('a script that does not exist is found', () => {
  expect(
    unknownScripts('README.md', '`npm run check -- lint`, `npm run bonch`', { check: '', bench: '' }),
  ).toEqual(['README.md: there is no script "bonch"'])
})

test('every script calls pnpm at the version that package.json names', () => {
  const manifest = readFileSync(join(root, 'package.json'), 'utf8')
  const { packageManager } = JSON.parse(manifest) as { packageManager: string }
  expect(new Set(manifest.match(/pnpm@[\d.]+/g))).toEqual(new Set([packageManager]))
})
