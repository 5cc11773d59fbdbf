import { describe, expect, test } from 'vitest'
import type { Manifest, Package } from '../lib/workspace.ts'
import { anatomyProblems } from '../packages/anatomy.ts'
import { ARROWS, arrowProblems, findCycle, reach } from '../packages/arrows.ts'
import { umbrellaProblems } from '../packages/umbrella.ts'

interface Planted {
  readonly index?: string
  readonly manifest?: Partial<Manifest>
  readonly files?: Readonly<Record<string, string>>
  readonly readme?: string
}

/** A package in good order, but for what is planted in it. */
function packaged(
  folder: string,
  { index = 'export {}', manifest = {}, files = {}, readme }: Planted = {},
): Package {
  const name = folder === 'variate' ? 'variate' : `@variate/${folder}`
  const exports = { '.': { types: './dist/index.d.ts', default: './dist/index.js' } }
  return {
    folder,
    manifest: {
      name,
      version: '0.0.0',
      description: 'A package',
      license: 'Apache-2.0',
      type: 'module',
      sideEffects: false,
      engines: { node: '>=20.19' },
      files: ['dist', 'src'],
      exports: { '.': { '@variate/source': './src/index.ts', ...exports['.'] } },
      publishConfig: { access: 'public', exports },
      scripts: { build: 'tsdown --config ../../tsdown.config.ts' },
      ...manifest,
    },
    files: Object.entries({ 'src/index.ts': index, ...files }).map(([path, text]) => ({ path, text })),
    readme: readme ?? `# ${name}\n`,
  }
}

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

describe('anatomy', () => {
  test('packages in good order pass', () => {
    const own = { private: true, publishConfig: undefined, files: undefined } as unknown as Partial<Manifest>
    expect(
      anatomyProblems([packaged('core'), packaged('variate'), packaged('testing', { manifest: own })]),
    ).toEqual([])
  })

  const published = { '.': { '@variate/source': './src/index.ts', default: './dist/index.js' } }
  test.each([
    [{ sideEffects: true }, 'sideEffects is true, expected false'],
    [{ license: 'MIT' }, 'license is "MIT", expected "Apache-2.0"'],
    [{ name: '@variate/kern' }, 'name is "@variate/kern", expected "@variate/core"'],
    [{ files: ['dist'] }, 'files lacks "src"'],
    [
      { publishConfig: { access: 'public', exports: published } },
      'publishConfig.exports is not exports without',
    ],
    [
      { exports: { '.': { default: './dist/index.js' } } },
      'does not begin with the condition @variate/source',
    ],
  ])('%j is found', (manifest, message) => {
    expect(anatomyProblems([packaged('core', { manifest })]).join()).toContain(`packages/core: `)
    expect(anatomyProblems([packaged('core', { manifest })]).join()).toContain(message)
  })

  test('a README without its title and versions that differ are found', () => {
    expect(anatomyProblems([packaged('core', { readme: 'Core' })])).toHaveLength(1)
    expect(
      anatomyProblems([packaged('core'), packaged('data', { manifest: { version: '1.0.0' } })]),
    ).toHaveLength(1)
  })
})

describe('the umbrella', () => {
  const core = packaged('core', { index: `export { a } from './a.ts'\nexport type { B } from './b.ts'` })
  const problems = (index: string, ...more: readonly Package[]): string =>
    umbrellaProblems([core, ...more, packaged('variate', { index })]).join('\n')

  test('with every name, value and type, it passes', () => {
    expect(problems(`export { a, type B } from '@variate/core'`)).toBe('')
  })

  test.each([
    [`export { a } from '@variate/core'`, 'lacks the type "B" of @variate/core'],
    [`export type { B } from '@variate/core'`, 'lacks "a" of @variate/core'],
    [`export type { a, B } from '@variate/core'`, 'exports "a" of @variate/core as a type alone'],
    [`export { b as a, type B } from '@variate/core'`, `"a" is not that of @variate/core`],
    [`export { a, c, type B } from '@variate/core'`, 'exports "c", which no package exports'],
  ])('%s is found', (index, message) => expect(problems(index)).toContain(message))

  test('a name of two packages is found', () => {
    const data = packaged('data', { index: `export { a } from './a.ts'` })
    expect(problems(`export { a, type B } from '@variate/core'`, data)).toContain(
      '"a" is exported by @variate/core and by @variate/data',
    )
  })

  test('an index that hides its names is refused', () => {
    expect(() => problems(`export * from '@variate/core'`)).toThrow('name what it exports')
  })
})
