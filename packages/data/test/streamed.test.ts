import { binarize, streamed } from '@variate/data'
import { expect, test } from 'vitest'

test('a stream begins a pass when it is asked for, and tells how it is drawn', () => {
  const opened: number[] = []
  const open = (pass: number) => {
    opened.push(pass)
    return [[[0.5]], [[pass]]]
  }
  const grey = streamed(open, { size: 2, draw: binarize })
  expect(opened).toEqual([])
  expect([...(grey.open(7) as Iterable<unknown>)]).toEqual([[[0.5]], [[7]]])
  expect(grey.range).toEqual([0, 1])
  expect(grey.draw).toBe(binarize)
  expect(streamed(open, { size: 2 })).toEqual({ kind: 'streamed', size: 2, open })
})

test.each([
  ['no function', () => streamed([[1]] as never, { size: 1 }), 'a function that begins a pass, got'],
  [
    'an iterable',
    () => streamed((function* () {})() as never, { size: 1 }),
    'an iterable can be read only once',
  ],
  ['half an example', () => streamed(() => [], { size: 1.5 }), 'size must be a whole number ≥ 1, got 1.5'],
  ['no size', () => streamed(() => [], {} as never), 'size must be a whole number ≥ 1, got undefined'],
])('%s is refused', (_, make, message) => {
  expect(make).toThrow(message)
})
