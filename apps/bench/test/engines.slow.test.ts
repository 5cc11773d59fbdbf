import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { choiceFor, MOST } from '../src/engines/engines.ts'
import { GRAPHS } from '../src/engines/graphs.ts'

test.each(GRAPHS)('the engine that is chosen is nearly the better one: $name', async (graph) => {
  const { cost } = await choiceFor(graph, 1500)
  expect(cost).toBeLessThanOrEqual(MOST)
})
