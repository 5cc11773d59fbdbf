import { expect, test } from 'vitest'
import { replaceMarked } from '../src/writeToDocs.ts'

test('a table takes the place of the one between its marks', () => {
  const page = 'before\n<!-- gmm -->\nold\n<!-- /gmm -->\nafter'
  const once = replaceMarked(page, 'gmm', 'new')
  expect(once).toBe('before\n<!-- gmm -->\n\nnew\n\n<!-- /gmm -->\nafter')
  expect(replaceMarked(once, 'gmm', 'new')).toBe(once)
})

test('a page without the marks is refused', () => {
  expect(() => replaceMarked('', 'gmm', 'new')).toThrow(
    'docs/benchmarks.md has no <!-- gmm --> … <!-- /gmm -->',
  )
})
