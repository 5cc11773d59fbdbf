import '@tensorflow/tfjs-backend-cpu'
import { expect, test } from 'vitest'
import { gather, mul } from '@variate/core/ops'
import { categorical, dirichlet, normal } from '@variate/distributions'
import { model, real } from '@variate/language'
import { checkLeaks } from './leaks.ts'
import { MODELS } from './models.ts'

checkLeaks()

const hiddenChain = model('hidden chain')
  .plate('state', 3, (state) => state.latent('transition', dirichlet([1, 1, 1])).latent('mean', normal(0, 5)))
  .markov('time', 'T', (step) =>
    step
      .latent('z', categorical({ probs: [0.3, 0.3, 0.4] }), ({ transition }, { z }) =>
        categorical({ probs: gather(transition, z) }),
      )
      .observed('x', ({ z, mean }) => normal(gather(mean, z), 1)),
  )

const edgesOf = ({ edges }: ReturnType<typeof hiddenChain.graph>): readonly string[] =>
  edges.map(({ from, to, isFromStepBefore }) => `${from} ${isFromStepBefore ? '⇢' : '→'} ${to}`)

test('a site of a chain depends on what its own functions read, not on what others of the step do', () => {
  expect(edgesOf(hiddenChain.graph()).toSorted()).toEqual(
    ['transition → z', 'z ⇢ z', 'z → x', 'mean → x'].toSorted(),
  )
})

test('what a site of a chain depends on is the same after draws and densities', async () => {
  const before = edgesOf(hiddenChain.graph())
  const { z, x, transition, mean } = await hiddenChain.sample({ seed: 0, sizes: { T: 4 } })
  await hiddenChain.logJoint({ z, x, transition, mean })
  expect(edgesOf(hiddenChain.graph())).toEqual(before)
})

const regression = model('regression')
  .param('slope', real())
  .factor('penalty', ({ slope }) => mul(-1, mul(slope, slope)))
  .plate('point "a" & <b>', 'n', (point) =>
    point
      .input('x')
      .deterministic('line', ({ slope, x }) => mul(slope, x))
      .observed('y', ({ line }) => normal(line, 1)),
  )

test('a graph as a flowchart of Mermaid', () => {
  expect(regression.graph().toMermaid().split('\n')).toEqual([
    'flowchart TD',
    '  n0["slope"]:::param',
    '  n1["penalty"]:::factor',
    '  subgraph p0 ["point #34;a#34; #38; #60;b#62; (n)"]',
    '    n2("x"):::input',
    '    n3((("line")))',
    '    n4(("y")):::observed',
    '  end',
    '  n0 --- n1',
    '  n0 --> n3',
    '  n2 --> n3',
    '  n3 --> n4',
    '  classDef observed fill:#cbd2d9,stroke:#52606d,color:#1f2933',
    '  classDef factor fill:#1f2933,stroke:#52606d,color:#ffffff',
    '  classDef input fill:#cbd2d9,stroke:none,color:#1f2933',
    '  classDef param fill:none,stroke:none',
  ])
  expect(hiddenChain.graph().toMermaid()).toContain('  n2 -. "t−1" .-> n2\n')
})

test('a graph as a digraph of Graphviz', () => {
  const lines = regression.graph().toDot().split('\n')
  expect(lines[0]).toBe('digraph "regression" {')
  expect(lines).toEqual(
    expect.arrayContaining([
      '    label="point \\"a\\" & <b> (n)";',
      '  "slope" -> "penalty" [arrowhead=none];',
      '  "slope" -> "line";',
    ]),
  )
  expect(hiddenChain.graph().toDot()).toContain('  "z" -> "z" [style=dashed, label="t−1"];')
})

test('plates that cross are repeated in languages that only nest, each time under an id of its own', () => {
  const ids = [
    ...MODELS['itemResponse']!.graph()
      .toMermaid()
      .matchAll(/subgraph (\w+) \["(\w+) /g),
  ]
  expect(ids.map(([, id, name]) => [id, name])).toEqual([
    ['p0', 'student'],
    ['p1', 'item'],
    ['p2', 'item'],
  ])
})

test('a description is a table of words, in columns from the left', () => {
  expect(regression.describe().split('\n').slice(0, 5)).toEqual([
    'site     kind           plates           shape  distribution  support  reads',
    '─'.repeat(79),
    'slope    param                           []                   real',
    'penalty  factor                                                        slope',
    'x        input          point "a" & <b>  []',
  ])
})
