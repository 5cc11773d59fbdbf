import { describe, expect, test } from 'vitest'
import { ARROWS, arrowProblems, findCycle, reach } from '../../packages/arrows.ts'
import { packaged } from './packaged.ts'

const on = (...names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [`@variate/${name}`, 'workspace:^']))

describe('arrows', () => {
  test('the table has no cycle, and everything stands on core', () => {
    expect(findCycle(ARROWS)).toBeUndefined()
    for (const folder of Object.keys(ARROWS).slice(1)) expect(reach(folder)).toContain('core')
  })

  test('packages in good order pass', () => {
    const data = packaged('data', { index: `import '@variate/core'`, manifest: { dependencies: on('core') } })
    expect(arrowProblems([packaged('core'), data])).toEqual([])
  })

  test('an arrow that turns back is found, and the cycle that it closes', () => {
    const core = packaged('core', { manifest: { dependencies: on('data') } })
    const data = packaged('data', { manifest: { dependencies: on('core') } })
    expect(arrowProblems([core, data])).toEqual([
      'the packages depend on each other in a cycle: core → data → core',
      'packages/core: may not depend on data, its arrow turns back',
    ])
  })

  test('tests may use what does not stand on their package', () => {
    const plot = packaged('plot', { manifest: { devDependencies: on('models') } })
    const core = packaged('core', { manifest: { devDependencies: on('data') } })
    const others = [packaged('models'), packaged('data')]
    expect(arrowProblems([plot, ...others])).toEqual([])
    expect(arrowProblems([core, ...others])).toEqual([
      'packages/core: its tests may not use data, which stands on it',
    ])
  })

  test.each([
    [
      'src/a.ts',
      `import { x } from '@variate/core/src/x.ts'`,
      `is a deep import, @variate/core does not export './src/x.ts'`,
    ],
    [
      'src/a.ts',
      `export type { X } from '@variate/plot'`,
      'imports @variate/plot, which package.json does not declare',
    ],
    [
      'src/a.ts',
      `type X = import('@variate/plot').X`,
      'imports @variate/plot, which package.json does not declare',
    ],
    [
      'src/a.ts',
      `await import('@variate/testing')`,
      'imports @variate/testing, which package.json does not declare',
    ],
    ['test/a.test.ts', `import '../../core/src/x.ts'`, `'../../core/src/x.ts' reaches into another package`],
  ])('%s with %s is found', (path, text, message) => {
    const manifest = { dependencies: on('core'), devDependencies: on('testing') }
    const data = packaged('data', { manifest, files: { [path]: text } })
    const problems = arrowProblems([packaged('core'), packaged('plot'), packaged('testing'), data])
    expect(problems).toEqual([
      expect.stringContaining(
        `packages/data/${path}: ${message.startsWith('is') ? `'@variate/core/src/x.ts' ` : ''}${message}`,
      ),
    ])
  })

  test('a package that the table does not know is found', () => {
    expect(arrowProblems([packaged('utils')])).toEqual([
      expect.stringContaining('packages/utils: not in the table'),
    ])
  })
})
