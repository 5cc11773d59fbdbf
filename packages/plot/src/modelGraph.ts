import { checkGraph } from './graph/checkGraph.ts'
import type { Figure } from './draw.ts'
import { frame, headingHeight, headingWidth, type FrameOptions } from './frame.ts'
import { boundsOf } from './graph/boundsOf.ts'
import type { DirectedGraph } from './graph/directedGraph.ts'
import { paintGraph } from './graph/paintGraph.ts'
import { placeGraph } from './graph/placeGraph.ts'
import { routeEdge } from './graph/routeEdge.ts'
import { sentencesOf } from './graph/sentencesOf.ts'
import { PADDING } from './theme.ts'

export type ModelGraphOptions = Pick<FrameOptions, 'title' | 'subtitle'>

/**
 * The directed graph of a model as it is drawn in textbooks: latents as circles, observations shaded, what is computed with two
 * borders, inputs and parameters as dots with their names (shaded and black), factors as squares, networks as boxes; plates
 * around them with name and size, and what is read of the step before dashed (Dietz 2010, "Directed factor graph notation").
 * Its size is what it needs.
 *
 * @param graph what `graph()` of a model gives.
 * @throws DomainError for a model in place of its graph, a graph without nodes, or an edge or a plate of a node that the graph lacks.
 *
 * @example
 * ```ts
 * import { modelGraph, renderSvg } from '@variate/plot'
 *
 * const graph = {
 *   name: 'coin',
 *   nodes: [
 *     { name: 'bias', kind: 'latent', plates: [] },
 *     { name: 'heads', kind: 'observed', plates: ['toss'] },
 *   ],
 *   edges: [{ from: 'bias', to: 'heads', isFromStepBefore: false }],
 *   plates: [{ name: 'toss', size: 10, isChain: false }],
 * } as const // or graph() of a model
 * const svg = await renderSvg(modelGraph(graph))
 * svg.includes('toss (10)') // => true
 * ```
 */
export function modelGraph(graph: DirectedGraph, options: ModelGraphOptions = {}): Figure {
  checkGraph(graph)
  const placed = placeGraph(graph)
  const routes = graph.edges.map((edge) => routeEdge(edge, placed, graph.edges))
  const { left, top, right, bottom } = boundsOf(placed, routes)
  const above = headingHeight(options)
  const width = Math.ceil(Math.max(right - left + 2 * PADDING, headingWidth(options)))
  const height = Math.ceil(above + bottom - top + PADDING)
  const { marks, ...rest } = frame(
    { ...options, width, height },
    { top: above, right: PADDING, bottom: PADDING, left: PADDING },
  )
  const origin = { x: (width - left - right) / 2, y: above - top }
  return {
    ariaLabel: `model "${graph.name}"`,
    ...rest,
    ariaDescription: sentencesOf(graph),
    marks: [...marks, paintGraph(placed, routes, origin)],
  }
}
