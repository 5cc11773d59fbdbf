import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { progress } from '../src/progress.ts'
import type { Terminal } from '../src/terminal.ts'

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubEnv('TERM', 'xterm')
})

afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllEnvs()
})

/** A screen of one line that knows what \r and "erase to the end" mean. */
function screen(isTTY: boolean): Terminal & { written: string; shown: () => string } {
  return {
    isTTY,
    columns: 80,
    written: '',
    write(text) {
      this.written += text
      return true
    },
    shown() {
      return this.written
        .split('\r')
        .reduce(
          (line, text) => (text.endsWith('\u001B[K') ? text.slice(0, -3) : text + line.slice(text.length)),
          '',
        )
    },
  }
}

test('a bar is painted over the last one, on one line', () => {
  const terminal = screen(true)
  const bar = progress(terminal, 'about')
  bar.show(0.5, 'a long note')
  bar.show(0.75, 'short')
  expect(terminal.shown()).toMatch(/75 % {2}short$/)
  expect(terminal.written).not.toContain('\n')
  bar.clear()
})

test('when the job is done nothing is left on the line, and nothing comes after', () => {
  const terminal = screen(true)
  const bar = progress(terminal, 'about')
  bar.show(0.5, 'half')
  bar.clear()
  vi.advanceTimersByTime(10_000)
  expect(terminal.shown()).toBe('')
})

test('the time goes on while nothing is reported', () => {
  const terminal = screen(true)
  const bar = progress(terminal, 'about')
  bar.show(undefined, 'k-means')
  vi.advanceTimersByTime(3000)
  expect(terminal.shown()).toMatch(/k-means {2}3 s$/)
  bar.clear()
})

test('into a file or a pipe nothing is written', () => {
  const pipe = screen(false)
  const bar = progress(pipe, 'about')
  bar.show(0.5, 'half')
  vi.advanceTimersByTime(10_000)
  bar.clear()
  expect(pipe.written).toBe('')
})

test('a terminal that cannot repaint gets nothing', () => {
  vi.stubEnv('TERM', 'dumb')
  const terminal = screen(true)
  progress(terminal, 'about').show(0.5, 'half')
  expect(terminal.written).toBe('')
})

test('NO_COLOR leaves the bar without colour', () => {
  vi.stubEnv('NO_COLOR', '1')
  const terminal = screen(true)
  const bar = progress(terminal, 'about')
  bar.show(0.5, 'half')
  bar.clear()
  expect(terminal.written).not.toContain('\u001B[3')
})
