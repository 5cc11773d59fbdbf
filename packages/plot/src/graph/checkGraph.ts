import { DomainError } from '@variate/core'
import type { DirectedGraph } from './directedGraph.ts'

/** @throws DomainError for what is no graph, a graph without nodes, two of a name, or names that it lacks. */
export function checkGraph(graph: DirectedGraph): void {
  const { name: own, nodes, edges, plates } = graph
  if (![nodes, edges, plates].every(Array.isArray))
    throw new DomainError('modelGraph: this is no graph of a model: pass model.graph()')
  const fail = (problem: string): never => {
    throw new DomainError(`modelGraph: model "${own}" ${problem}`)
  }
  if (nodes.length === 0) fail('has no sites')
  const names = new Set<string>()
  for (const { name } of nodes) {
    if (names.has(name)) fail(`has two sites "${name}"`)
    names.add(name)
  }
  for (const { from, to } of edges) {
    const missing = [from, to].find((name) => !names.has(name))
    if (missing !== undefined) fail(`has an edge of "${missing}", which is no site of it`)
  }
  const known = plates.map(({ name }) => name)
  for (const node of nodes) {
    const missing = node.plates.find((plate) => !known.includes(plate))
    if (missing !== undefined) fail(`has site "${node.name}" in plate "${missing}", which it lacks`)
  }
}
