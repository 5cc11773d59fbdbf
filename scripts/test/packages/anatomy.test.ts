import { describe, expect, test } from 'vitest'
import type { Manifest } from '../../lib/workspace.ts'
import { anatomyProblems } from '../../packages/anatomy.ts'
import { packaged } from './packaged.ts'

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
