import { expect, test } from 'vitest'
import { measurePairs } from '../src/measurePairs.ts'

test('what is done once drops out of the time per iteration', async () => {
  const ours = (iterations: number): Promise<number> => Promise.resolve(0.5 + 0.25 * iterations)
  const peer = (iterations: number): Promise<number> => Promise.resolve(2 + 0.75 * iterations)
  expect(await measurePairs({ ours, peer }, [2, 10], 2)).toEqual([
    { ours: 0.25, peer: 0.75 },
    { ours: 0.25, peer: 0.75 },
  ])
})

test('the sides take turns, and begin in turns', async () => {
  const order: string[] = []
  const side = (name: string) => (iterations: number) => Promise.resolve(order.push(`${name} ${iterations}`))
  await measurePairs({ ours: side('ours'), peer: side('peer') }, [1, 3], 2)
  expect(order).toEqual(['ours 1', 'ours 3', 'peer 1', 'peer 3', 'peer 1', 'peer 3', 'ours 1', 'ours 3'])
})
