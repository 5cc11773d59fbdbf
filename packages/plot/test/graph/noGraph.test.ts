import { expect, test } from 'vitest'
import { DomainError } from '@variate/core'
import { modelGraph } from '@variate/plot'

test('a model in place of its graph is told of', () => {
  const model = { program: { name: 'm', declarations: [] }, graph: () => ({}) }
  expect(() => modelGraph(model as never)).toThrow(DomainError)
  expect(() => modelGraph(model as never)).toThrow(
    'modelGraph: this is no graph of a model: pass model.graph()',
  )
})
