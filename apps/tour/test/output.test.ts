import { afterEach, expect, test, vi } from 'vitest'
import { output, wrap } from '../src/output.ts'

afterEach(() => vi.unstubAllEnvs())

function written(isTTY: boolean, columns?: number): string {
  let text = ''
  const stream = {
    isTTY,
    columns,
    write: (more: string) => {
      text += more
      return true
    },
  }
  const out = output(stream)
  out.heading('A part')
  out.say('Words **that matter** and words that do not, one after the other, until the line is full of them.')
  out.lines('a  table')
  return text
}

test('words are wrapped at the width, and emphasis takes no room', () => {
  expect(wrap('one two three', 7)).toBe('one two\nthree')
  expect(wrap('**one** two', 7)).toBe('**one** two')
  expect(wrap('unbreakable', 3)).toBe('unbreakable')
})

test('into a pipe goes plain text of 80 columns', () => {
  const text = written(false)
  // oxlint-disable-next-line no-control-regex -- these are the ones to be found
  expect(text).not.toMatch(/\u001B|\*\*/)
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBe(79)
})

test('on a terminal headings and emphasis are bold, unless NO_COLOR is set', () => {
  vi.stubEnv('TERM', 'xterm')
  vi.stubEnv('NO_COLOR', '')
  expect(written(true, 80)).toContain('\u001B[1mthat matter\u001B[22m')
  vi.stubEnv('NO_COLOR', '1')
  expect(written(true, 80)).toBe(written(false))
})

test('a narrow terminal is respected, a wide one not filled', () => {
  const widest = (columns: number): number =>
    Math.max(
      ...written(false, columns)
        .split('\n')
        .map((line) => line.length),
    )
  expect(widest(40)).toBe(39)
  expect(widest(200)).toBe(88)
})
