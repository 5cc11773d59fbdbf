import { DomainError } from '@variate/core'
import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import type { DirectedGraph, NodeKind } from '../../src/graph/directedGraph.ts'
import { modelGraph } from '../../src/modelGraph.ts'
import { renderSvg } from '../../src/renderSvg.ts'
import { readSvg } from '../readSvg.ts'
import { GRAPHS } from './models.ts'
import { overlap, problemsOf } from './problemsOf.ts'
import { readGraph } from './readGraph.ts'

describe('modelGraph', () => {
  it.each(GRAPHS.map((graph) => [graph.name, graph] as const))('draws %s legibly', async (_, graph) => {
    expect(problemsOf(graph, await readGraph(graph))).toEqual([])
  })

  it('draws each kind as textbooks do', async () => {
    const kinds: readonly NodeKind[] = [
      'latent',
      'observed',
      'deterministic',
      'factor',
      'input',
      'param',
      'network',
    ]
    const nodes = kinds.map((kind) => ({ name: kind, kind, plates: [] }))
    const edges = [
      { from: 'latent', to: 'observed', isFromStepBefore: false },
      { from: 'latent', to: 'factor', isFromStepBefore: false },
    ]
    const drawn = await readGraph({ name: 'kinds', nodes, edges, plates: [] })
    const looks = Object.fromEntries(
      [...drawn.nodes].map(([kind, { left, right, radius, fill, borders }]) => [
        kind,
        { fill, borders, isLarge: right - left > 20, isRound: radius > 4 },
      ]),
    )
    expect(looks).toEqual({
      latent: { fill: '#ffffff', borders: 1, isLarge: true, isRound: true },
      observed: { fill: '#cbd2d9', borders: 1, isLarge: true, isRound: true },
      deterministic: { fill: '#ffffff', borders: 2, isLarge: true, isRound: true },
      factor: { fill: '#1f2933', borders: 1, isLarge: false, isRound: false },
      input: { fill: '#cbd2d9', borders: 1, isLarge: false, isRound: true },
      param: { fill: '#1f2933', borders: 1, isLarge: false, isRound: true },
      network: { fill: '#ffffff', borders: 1, isLarge: true, isRound: false },
    })
    expect(drawn.edges.map(({ hasHead }) => hasHead)).toEqual([true, false])
  })

  it('shows plates that cross as rectangles that share what is in both', async () => {
    const graph = GRAPHS.find(({ name }) => name === 'item response')!
    const { plates } = await readGraph(graph)
    expect(plates.map(({ text }) => text).toSorted()).toEqual(['item (items)', 'student (students)'])
    expect(overlap(plates[0]!, plates[1]!)).toBe(true)
  })

  it('cuts one of three plates that cross into pieces', async () => {
    const graph = GRAPHS.find(({ name }) => name === 'raters')!
    const { plates } = await readGraph(graph)
    expect(plates.map(({ text }) => text).toSorted()).toEqual([
      'item (items)',
      'rater (raters)',
      'rater (raters)',
      'student (students)',
    ])
  })

  it('tells what is read of the step before', async () => {
    const { edges, plates } = await readGraph(GRAPHS.find(({ name }) => name === 'feedback')!)
    const before = edges.filter(({ isDashed }) => isDashed)
    expect(before.map(({ title, texts }) => [title, texts])).toEqual([
      ['z → z', ['t−1']],
      ['u → u', ['t−1']],
      ['z → u', ['t−1']],
    ])
    expect(plates.map(({ text }) => text)).toEqual(['time (1, …, T)'])
  })

  it('ends a curve at the border that it meets last, where it passes the node before', async () => {
    const [from, to] = ['a', 'a name that makes the node wide']
    const graph = {
      name: 'wide',
      nodes: [
        { name: from, kind: 'param' as const, plates: [] },
        { name: to, kind: 'latent' as const, plates: [] },
      ],
      edges: [
        { from, to, isFromStepBefore: false },
        { from, to, isFromStepBefore: true },
      ],
      plates: [],
    }
    expect(problemsOf(graph, await readGraph(graph))).toEqual([])
  })

  it('is named and described for screen readers', async () => {
    const { all } = readSvg(await renderSvg(modelGraph(GRAPHS[0]!)))
    const [svg] = all('svg')
    expect(svg!.getAttribute('role')).toBe('img')
    expect(svg!.getAttribute('aria-label')).toBe('model "eight schools"')
    expect(svg!.getAttribute('aria-description')).toBe(
      'mu (latent). tau (latent). sigma (input). theta (latent) depends on mu and tau. ' +
        'y (observed) depends on theta and sigma. Plate school, 8: sigma, theta and y.',
    )
    const titled = readSvg(await renderSvg(modelGraph(GRAPHS[0]!, { title: 'Eight <schools>' })))
    expect(titled.all('svg')[0]!.getAttribute('aria-label')).toBe('Eight <schools>')
    expect(titled.texts()).toContain('Eight <schools>')
  })

  it('gives the same picture each time', async () => {
    for (const graph of GRAPHS)
      expect(await renderSvg(modelGraph(graph))).toBe(await renderSvg(modelGraph(graph)))
  })

  it('draws a graph of a hundred sites', async () => {
    const names = Array.from({ length: 100 }, (_, i) => `x${i}`)
    const nodes = names.map((name, i) => ({
      name,
      kind: 'latent' as const,
      plates: i % 3 ? [`p${i % 7}`] : [],
    }))
    const edges = names.slice(1).map((to, i) => {
      return { from: names[Math.floor(i / 2)]!, to, isFromStepBefore: false }
    })
    const plates = Array.from({ length: 7 }, (_, i) => ({ name: `p${i}`, size: 2, isChain: false }))
    const graph = { name: 'large', nodes, edges, plates }
    expect(problemsOf(graph, await readGraph(graph))).toEqual([])
  })

  it('refuses what is no graph', () => {
    const node = { name: 'a', kind: 'latent', plates: [] } as const
    const graph = { name: 'g', nodes: [node], edges: [], plates: [] }
    const draw = (change: Partial<DirectedGraph>) => () => modelGraph({ ...graph, ...change })
    expect(draw({ nodes: [] })).toThrow(new DomainError('modelGraph: model "g" has no sites'))
    expect(draw({ nodes: [node, node] })).toThrow('model "g" has two sites "a"')
    expect(draw({ edges: [{ from: 'b', to: 'a', isFromStepBefore: false }] })).toThrow(
      'has an edge of "b", which is no site of it',
    )
    expect(draw({ nodes: [{ ...node, plates: ['p'] }] })).toThrow('has site "a" in plate "p", which it lacks')
  })
})

/** Sites in any plates, nested or crossed as it comes, each reading some that are declared before it, or any a step before. */
const anyGraph = fc
  .record({
    sites: fc.array(
      fc.record({
        word: fc.string({ minLength: 1, maxLength: 12, unit: 'grapheme' }),
        kind: fc.constantFrom<NodeKind>('latent', 'observed', 'deterministic', 'factor', 'input', 'param'),
        plates: fc.subarray([0, 1, 2, 3]),
        reads: fc.array(fc.nat({ max: 30 }), { maxLength: 3 }),
        before: fc.option(fc.nat({ max: 30 }), { freq: 4 }),
      }),
      { minLength: 1, maxLength: 14 },
    ),
    sizes: fc.array(fc.oneof(fc.nat(), fc.constantFrom('n', 'number of <things>', '&')), {
      minLength: 4,
      maxLength: 4,
    }),
  })
  .map(({ sites, sizes }): DirectedGraph => {
    const nameOf = (i: number): string => `${i} ${sites[i]!.word.replaceAll(/[\p{Cc}\s]/gu, '_')}`
    const nodes = sites.map(({ kind, plates }, i) => ({
      name: nameOf(i),
      kind,
      plates: plates.map((plate) => `plate ${plate}`),
    }))
    const edges = sites.flatMap(({ reads, before }, i) =>
      [...new Set(i === 0 ? [] : reads.map((read) => read % i))]
        .map((read) => ({ from: nameOf(read), to: nameOf(i), isFromStepBefore: false }))
        .concat(
          before === null
            ? []
            : [{ from: nameOf(before % sites.length), to: nameOf(i), isFromStepBefore: true }],
        ),
    )
    const plates = sizes.map((size, i) => ({ name: `plate ${i}`, size, isChain: i === 0 }))
    return { name: 'any', nodes, edges, plates }
  })

test('any graph is drawn legibly', async () => {
  await fc.assert(
    fc.asyncProperty(anyGraph, async (graph) => {
      expect(problemsOf(graph, await readGraph(graph))).toEqual([])
    }),
    { numRuns: 300 },
  )
}, 900_000)
