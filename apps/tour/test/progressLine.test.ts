import { expect, test } from 'vitest'
import { progressLine, type ProgressState } from '../src/progressLine.ts'

const HALF: ProgressState = {
  share: 0.5,
  note: 'iteration 30: 170.66 nats per image',
  seconds: 9,
  estimate: 'at most',
  width: 100,
  color: false,
}

test('a bar tells the share, what is going on and the time left', () => {
  const bar = '████████████░░░░░░░░░░░░'
  expect(progressLine(HALF)).toBe(`${bar}   50 %  iteration 30: 170.66 nats per image  at most 9 s left`)
})

test('the time left is what the rest takes at the pace so far', () => {
  expect(progressLine({ ...HALF, share: 0.25, seconds: 30 })).toContain('at most 1 min 30 s left')
  expect(progressLine({ ...HALF, share: 0.75, estimate: 'about' })).toContain('about 3 s left')
})

test('no time is told in the first second, at the start or at the end', () => {
  for (const change of [{ seconds: 0.5 }, { share: 0 }, { share: 1 }]) {
    expect(progressLine({ ...HALF, ...change })).not.toContain('left')
  }
})

test('the percentage stays in its place from 0 to 100', () => {
  const places = [0, 0.05, 0.5, 1].map((share) => progressLine({ ...HALF, share }).indexOf(' %'))
  expect(new Set(places).size).toBe(1)
})

test('where nobody knows the share, a spinner turns and the time so far is told', () => {
  const lines = [3, 3.2].map((seconds) => progressLine({ ...HALF, share: undefined, seconds }))
  expect(lines[0]).toMatch(/^[⠀-⣿] {2}iteration 30: 170\.66 nats per image {2}3 s$/)
  expect(lines[1]![0]).not.toBe(lines[0]![0])
})

test('what does not fit is left out, the time first and the bar last', () => {
  expect(progressLine({ ...HALF, width: 79 })).toMatch(/nats per image$/)
  expect(progressLine({ ...HALF, width: 40 })).toMatch(/50 %$/)
  expect(progressLine({ ...HALF, width: 24 })).toHaveLength(24)
  expect(progressLine({ ...HALF, width: 10 })).toBe('')
})

test('colour is on the bar alone and adds no width', () => {
  const colored = progressLine({ ...HALF, color: true })
  expect(colored.startsWith('\u001B[')).toBe(true)
  // oxlint-disable-next-line no-control-regex -- the escape codes are what is taken out
  expect(colored.replaceAll(/\u001B\[\d+m/g, '')).toBe(progressLine(HALF))
})
