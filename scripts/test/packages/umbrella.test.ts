import { describe, expect, test } from 'vitest'
import type { Package } from '../../lib/workspace.ts'
import { umbrellaProblems } from '../../packages/umbrella.ts'
import { packaged } from './packaged.ts'

describe('the umbrella', () => {
  const core = packaged('core', { index: `export { a } from './a.ts'\nexport type { B } from './b.ts'` })
  const problems = (index: string, ...more: readonly Package[]): string =>
    umbrellaProblems([core, ...more, packaged('variate', { index })]).join('\n')

  test('with every name, value and type, it passes', () => {
    expect(problems(`export { a, type B } from '@variate/core'`)).toBe('')
  })

  test('a name may come by a file of its own', () => {
    expect(problems(`export { a } from './a.ts'\nexport { type B } from '@variate/core'`)).toBe('')
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
