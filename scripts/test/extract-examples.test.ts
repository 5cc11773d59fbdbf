import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { exampleTests } from '../extract-examples.ts'
import { root } from '../lib/root.ts'

const FENCE = '```'

const jsdoc = (...code: readonly string[]): string =>
  [
    '/**',
    ' * Doubles.',
    ' *',
    ' * @example',
    ` * ${FENCE}ts`,
    ...code.map((line) => ` * ${line}`),
    ` * ${FENCE}`,
    ' */',
  ].join('\n') + '\nexport function double(x: number): number {\n  return 2 * x\n}\n'

const page = (...blocks: readonly string[]): string =>
  blocks.map((code) => `${FENCE}ts${code}\n${FENCE}\n`).join('\nText.\n\n')

describe('an example as a test', () => {
  test('it is named by file, line and symbol', () => {
    const [only] = exampleTests('packages/x/src/double.ts', jsdoc('1 + 1 // => 2'))
    expect(only!.path).toBe('.examples/packages/x/src/double.ts.6.test.ts')
    expect(only!.code).toContain('$test("packages/x/src/double.ts:6 double"')
  })

  test('its lines keep their numbers, so that type errors point at the original', () => {
    const code = exampleTests('a.md', `# Title\n\n${page("\nimport { a } from 'a'\n\na(1) // => 2")}`)[0]!
      .code
    expect(code.split('\n')[5]).toContain('expectValue(a(1), "2", "a.md:6")')
    expect(code.split('\n')[3]).toBe("import { a } from 'a'")
  })

  test('imports after the first statement are hoisted', () => {
    const code = exampleTests('a.md', page('\n1 // => 1', "\nimport { a } from 'a'\na(1)"))[0]!.code
    expect(code.split('\n')[0]).toContain("import { a } from 'a'")
  })

  test('the blocks of a page are one module, unless a block stands alone', () => {
    expect(exampleTests('a.md', page('\nconst a = 1', '\na // => 1'))).toHaveLength(1)
    expect(exampleTests('a.md', page('\nconst a = 1', ' alone\nconst a = 2'))).toHaveLength(2)
  })

  test('a block that is not to be run is type-checked after the others', () => {
    const [run, types] = exampleTests('a.md', page('\nconst a = 1', ' no-run\nserve(a)'))
    expect(run!.path).toMatch(/\.test\.ts$/)
    expect(run!.code).not.toContain('serve')
    expect(types!.path).toMatch(/\.types\.ts$/)
    expect(types!.code).toContain('serve(a)')
  })
})

describe('what would escape is refused', () => {
  test.each([
    [
      'an @example without a block',
      '/**\n * @example\n * double(2)\n */\n',
      'line 1: an @example without a ```ts block',
    ],
    ['a block of another name', `/**\n * ${FENCE}typescript\n * ${FENCE}\n */\n`, 'line 2: write ```ts'],
    [
      'a block that is never closed',
      `/**\n * ${FENCE}ts\n * 1\n */\n`,
      'line 2: a block that is never closed',
    ],
    ['an unknown mark', `/**\n * ${FENCE}ts skip\n * ${FENCE}\n */\n`, 'line 2: unknown mark "skip"'],
    [
      'an expectation that is no literal',
      jsdoc('double(2) // => about four'),
      'a.ts:6: "about four" is not a literal',
    ],
    ['an expectation of nothing', jsdoc('// => 4'), 'a.ts:6: "// => 4" does not follow a statement'],
    [
      'an expectation inside a function',
      jsdoc('[1].map((x) => {', 'x // => 1', '})'),
      'a.ts:7: "// => 1" does not follow',
    ],
  ])('%s', (_, text, message) => expect(() => exampleTests('a.ts', text)).toThrow(message))
})

describe('an example that is run', () => {
  const folder = mkdtempSync(join(tmpdir(), 'variate-examples-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  let count = 0

  /** Runs the generated module, with its test function in hand. */
  async function run(...code: readonly string[]): Promise<void> {
    const [written] = exampleTests('a.ts', jsdoc(...code))
    const assertions = join(root, 'scripts/examples/assert.ts')
    const path = join(folder, `example-${count++}.ts`)
    const body = written!.code
      .replace(/import \{ test as \$test \} from 'vitest'/, '')
      .replace(/'[./]+assert\.ts'|'[./]+scripts\/examples\/assert\.ts'/, `'${assertions}'`)
    writeFileSync(
      path,
      `export let example: () => Promise<void>\nconst $test = (_: string, run: typeof example): void => void (example = run)\n${body}`,
    )
    const { example } = (await import(path)) as { example: () => Promise<void> }
    await example()
  }

  test.each([
    ['a value', ['const double = (x: number): number => 2 * x', 'double(1.25) // => 2.5']],
    ['a declared value', ['const x: number = 1 / 3 // => 0.333']],
    ['a value over several lines', ['[1, 2]', '  .map((x) => 2 * x)', '// => [2,', '//     4]']],
    ['what is logged', [`console.log('a') // => 'a'`]],
    ['an awaited value', ['await Promise.resolve(3) // => 3']],
    ['an imported name', [`import { basename } from 'node:path'`, '', `basename('a/b') // => 'b'`]],
    ['an error', [`JSON.parse('{') // => throws 'JSON'`]],
  ])('%s that is right passes', (_, code) => expect(run(...code)).resolves.toBeUndefined())

  test.each([
    ['a value', ['1 + 1 // => 3'], 'a.ts:6: the value is 2; the example says 3'],
    ['a value on a later line', ['const x = 1', 'x + 1 // => 3'], 'a.ts:7: the value is 2'],
    ['a declared value', ['const x = [1, 2] // => [1, 3]'], 'a.ts:6: [1] is 2; the example says [1, 3]'],
    ['what is logged', [`console.log('a') // => 'b'`], `a.ts:6: the value is 'a'`],
    ['a value that is not awaited', ['Promise.resolve(3) // => 3'], 'the value is a Promise: await it'],
    ['an error that does not come', [`JSON.parse('{}') // => throws 'JSON'`], 'a.ts:6: nothing was thrown'],
    ['another error', [`JSON.parse('{') // => throws 'shape'`], 'a.ts:6: SyntaxError'],
  ])('%s that is wrong fails at its line', (_, code, message) =>
    expect(run(...code)).rejects.toThrow(message),
  )
})
