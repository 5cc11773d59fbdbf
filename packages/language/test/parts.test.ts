import '@tensorflow/tfjs-backend-cpu'
import { expect, expectTypeOf, test } from 'vitest'
import type { NdArray } from '@variate/core'
import { add, mul } from '@variate/core/ops'
import { halfCauchy, normal } from '@variate/distributions'
import {
  mlp,
  model,
  positive,
  type DataOf,
  type LatentNames,
  type Model,
  type TypesOf,
} from '@variate/language'
import { initialParams } from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

const HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI)
const log = (x: number, loc: number, scale = 1): number =>
  -0.5 * ((x - loc) / scale) ** 2 - Math.log(scale) - HALF_LOG_TWO_PI
const edgesOf = (of: unknown): string[] =>
  (of as Model)
    .graph()
    .edges.map(({ from, to, isFromStepBefore }) => `${from}${isFromStepBefore ? '′' : ''} ${to}`)

const groups = model('groups')
  .input('center')
  .latent('mu', ({ center }) => normal(center, 1))
  .plate('group', 'n', (group) =>
    group
      .input('sigma')
      .latent('theta', ({ mu }) => normal(mu, 0.5))
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )

const pair = model('pair')
  .latent('top', halfCauchy(1))
  .part('left', groups, { inputs: { center: ({ top }) => top } })
  .part('right', groups, { inputs: { center: ({ top }) => mul(2, top) } })
  .observed('sum', (seen) => normal(add(seen['left.mu'], seen['right.mu']), 1))

const flat = model('pair')
  .latent('top', halfCauchy(1))
  .deterministic('left.center', ({ top }) => top)
  .latent('left.mu', (seen) => normal(seen['left.center'], 1))
  .plate('left.group', 'left.n', (group) =>
    group
      .input('left.sigma')
      .latent('left.theta', (seen) => normal(seen['left.mu'], 0.5))
      .observed('left.y', (seen) => normal(seen['left.theta'], seen['left.sigma'])),
  )
  .deterministic('right.center', ({ top }) => mul(2, top))
  .latent('right.mu', (seen) => normal(seen['right.center'], 1))
  .plate('right.group', 'right.n', (group) =>
    group
      .input('right.sigma')
      .latent('right.theta', (seen) => normal(seen['right.mu'], 0.5))
      .observed('right.y', (seen) => normal(seen['right.theta'], seen['right.sigma'])),
  )
  .observed('sum', (seen) => normal(add(seen['left.mu'], seen['right.mu']), 1))

const VALUES = {
  top: 0.7,
  'left.mu': 1,
  'left.theta': [0.5, 1.5],
  'left.sigma': [1, 2],
  'left.y': [0, 3],
  'right.mu': -1,
  'right.theta': [0, 1, 2],
  'right.sigma': [1, 1, 3],
  'right.y': [1, 2, 3],
  sum: 0.1,
}

test('a model of parts has the joint, the graph and the draws of the same model written flat', async () => {
  const joint = await flat.logJoint(VALUES)
  expect(Number.isFinite(joint)).toBe(true)
  expect(await pair.logJoint(VALUES)).toBe(joint)
  expect(edgesOf(pair)).toEqual(edgesOf(flat))
  expect(pair.graph().nodes).toEqual(flat.graph().nodes)
  const options = { seed: 3, given: { 'left.sigma': [1, 2], 'right.sigma': [3] } } as const
  expect(await pair.sample(options)).toEqual(await flat.sample(options))
})

test('names are known to the type checker: what is settled is no input any more', async () => {
  type Types = TypesOf<typeof pair>
  expectTypeOf<LatentNames<Types>>().toEqualTypeOf<
    'top' | 'left.mu' | 'left.theta' | 'right.mu' | 'right.theta'
  >()
  expectTypeOf<keyof DataOf<typeof pair>>().toEqualTypeOf<
    'left.sigma' | 'right.sigma' | 'left.y' | 'right.y' | 'sum'
  >()
  const draws = await pair.sample({
    seed: 0,
    given: { 'left.sigma': [1], 'right.sigma': [1, 1] },
    count: 5,
  })
  expectTypeOf(draws['left.mu']).toExtend<NdArray>()
  expect(draws['left.center'].shape).toEqual([5])
  expect(draws['right.theta'].shape).toEqual([5, 2])
})

test('a part without settled inputs keeps them as inputs', async () => {
  const alone = model('alone').part('only', groups)
  expectTypeOf<keyof DataOf<typeof alone>>().toEqualTypeOf<'only.center' | 'only.sigma' | 'only.y'>()
  const values = { 'only.center': 1, 'only.sigma': [2], 'only.mu': 2, 'only.theta': [3], 'only.y': [4] }
  expect(await alone.logJoint(values)).toBeCloseTo(log(2, 1) + log(3, 2, 0.5) + log(4, 3, 2), 12)
})

test('a part in a plate is there for each element, and so are its plates', async () => {
  const schools = model('schools')
    .plate('school', 2, (school) =>
      school
        .latent('level', normal(0, 1))
        .part('class', groups, { inputs: { center: ({ level }) => level, sigma: () => 2 } }),
    )
    .observed('all', (seen) => normal(mul(0, seen['class.mu']), [1, 1]))
  const values = {
    level: [1, 2],
    'class.mu': [3, 4],
    'class.theta': [[5, 6, 7], [8, 9, 10]],
    'class.y': [[1, 2, 3], [4, 5, 6]],
    all: [0, 0],
  } // prettier-ignore
  let expected = log(1, 0) + log(2, 0) + log(3, 1) + log(4, 2) - 2 * HALF_LOG_TWO_PI
  values['class.theta'].forEach((row, i) =>
    row.forEach((theta, j) => {
      expected += log(theta, values['class.mu'][i]!, 0.5) + log(values['class.y'][i]![j]!, theta, 2)
    }),
  )
  expect(await schools.logJoint(values)).toBeCloseTo(expected, 10)
  const node = schools.graph().nodes.find(({ name }) => name === 'class.theta')
  expect(node!.plates).toEqual(['school', 'class.group'])
})

test('a plate that is shared is the plate of the model: elements are seen one by one, and its size is the size', async () => {
  const shared = model('shared')
    .plate('city', 3, (city) => city.latent('noise', normal(0, 1)))
    .part('g', groups, {
      inputs: { center: () => 0, sigma: ({ noise }) => mul(noise, noise) },
      plates: { group: 'city' },
    })
    .plate('city', 3, (city) => city.observed('x', (seen) => normal(seen['g.theta'], 1)))
  const values = { noise: [1, 2, 3], 'g.mu': 0.5, 'g.theta': [1, 2, 3], 'g.y': [0, 1, 2], x: [3, 2, 1] }
  const expected =
    log(0.5, 0) +
    [0, 1, 2]
      .map(
        (i) =>
          log(values.noise[i]!, 0) + log(i + 1, 0.5, 0.5) + log(i, i + 1, (i + 1) ** 2) + log(3 - i, i + 1),
      )
      .reduce((a, b) => a + b)
  expect(await shared.logJoint(values as never)).toBeCloseTo(expected, 12)
  expect([...shared.program.plates.keys()]).toEqual(['city'])
})

test('parts of parts have names of names, and are the same as written flat', async () => {
  const outer = model('outer').part('a', pair).part('b', pair)
  const values = Object.fromEntries(
    Object.entries(VALUES).flatMap(([name, x]) => [[`a.${name}`, x], [`b.${name}`, x]]),
  ) // prettier-ignore
  expect(await outer.logJoint(values as never)).toBeCloseTo(2 * (await flat.logJoint(VALUES)), 10)
  expect(edgesOf(outer)).toContain('a.left.mu a.left.theta')
  expectTypeOf<'b.right.theta'>().toExtend<LatentNames<TypesOf<typeof outer>>>()
})

test('chains within parts follow the step before, in plates as well', async () => {
  const walk = model('walk')
    .input('drift')
    .markov('time', 'T', (step) =>
      step
        .latent('z', normal(0, 1), ({ drift }, { z }) => normal(add(z, drift), 1))
        .latent('w', normal(0, 1), (_, previous) => normal(add(previous.w, previous.z), 1))
        .observed('x', ({ w }) => normal(w, 1)),
    )
  const walks = model('walks').plate('series', 2, (series) =>
    series.latent('slope', normal(0, 1)).part('walk', walk, { inputs: { drift: ({ slope }) => slope } }),
  )
  const values = {
    slope: [1, 2],
    'walk.z': [[1, 2, 3], [4, 5, 6]],
    'walk.w': [[3, 2, 1], [6, 5, 4]],
    'walk.x': [[0, 1, 0], [1, 0, 1]],
  } // prettier-ignore
  let expected = 0
  for (const i of [0, 1]) {
    const [z, w, x] = [values['walk.z'][i]!, values['walk.w'][i]!, values['walk.x'][i]!]
    expected += log(values.slope[i]!, 0)
    for (const t of [0, 1, 2]) {
      expected += log(z[t]!, t === 0 ? 0 : z[t - 1]! + values.slope[i]!) + log(x[t]!, w[t]!)
      expected += log(w[t]!, t === 0 ? 0 : w[t - 1]! + z[t - 1]!)
    }
  }
  expect(await walks.logJoint(values)).toBeCloseTo(expected, 10)
  expect(edgesOf(walks)).toContain('walk.z′ walk.w')
  expect(edgesOf(walks)).toContain('walk.drift walk.z')
  const { 'walk.x': x } = await walks.sample({ seed: 0, sizes: { 'walk.T': 4 } })
  expect(x.shape).toEqual([2, 4])
})

test('a part sees its own names only, and all of them', async () => {
  const seen: string[][] = []
  const inner = model('inner')
    .latent('a', normal(0, 1))
    .latent('b', (environment) => {
      seen.push(Object.keys(environment))
      expect('a' in environment && !('p.a' in environment)).toBe(true)
      const { a } = { ...environment }
      return normal(a, 1)
    })
  const whole = model('whole').latent('outside', normal(0, 1)).part('p', inner)
  expect(await whole.logJoint({ outside: 0, 'p.a': 1, 'p.b': 2 })).toBeCloseTo(
    log(0, 0) + log(1, 0) + log(2, 1),
    12,
  )
  expect(seen.at(-1)).toEqual(['a'])
})

test('networks and parameters of parts are fitted under their names, and begin where the part says', async () => {
  const decoder = model('decoder')
    .network('net', mlp([1, 2]))
    .param('noise', positive(), { init: 3 })
    .latent('z', normal([0], 1))
    .observed('x', ({ z, net, noise }) => normal(net(z), noise))
  const two = model('two').part('one', decoder).part('other', decoder)
  const start = initialParams(two.program, new Map(), [0, 1] as never) as Record<string, NdArray>
  expect(Object.keys(start)).toEqual(['one.net', 'one.noise', 'other.net', 'other.noise'])
  expect(start['other.noise']!.at()).toBe(3)
  expect(start['one.net']).not.toEqual(start['other.net'])
  const values = { 'one.z': [0], 'one.x': [0, 0], 'other.z': [0], 'other.x': [1, 1], ...start }
  expect(await two.logJoint(values as never)).toBeCloseTo(
    2 * log(0, 0) + 2 * log(0, 0, 3) + 2 * log(1, 0, 3),
    6,
  )
})

test('a part that is conditioned on keeps its values', async () => {
  const known = model('m').part('p', groups.condition({ mu: 2 }))
  const values = { 'p.center': 1, 'p.sigma': [1], 'p.theta': [2], 'p.y': [3] }
  expect(await known.logJoint(values)).toBeCloseTo(log(2, 1) + log(2, 2, 0.5) + log(3, 2), 12)
})

type Anyhow = { part(...args: unknown[]): Model; plate(...args: unknown[]): Model }
const anyhow = model('m') as unknown as Anyhow
const cities = model('m').plate('city', 3, (city) => city.latent('a', normal(0, 1))) as unknown as Anyhow
const tree = model('tree').plate('row', 'n', (row) =>
  row.plate('column', 'n', (c) => c.latent('z', normal(0, 1))),
)
const chain = model('chain').markov('time', 3, (t) => t.observed('x', normal(0, 1)))

test('plates of one size stay of one size when one of them is shared', () => {
  const shared = model('m')
    .plate('city', 3, (city) => city.latent('a', normal(0, 1)))
    .part('t', tree, { plates: { row: 'city' } })
  expect(shared.program.plates.get('t.column')!.size).toBe(3)
})

test.each([
  ['no model', () => anyhow.part('p', 3), 'model "m": part "p" must be a model, got 3'],
  ['no name', () => anyhow.part('', groups), 'names of parts are texts'],
  ['an input that there is not', () => anyhow.part('p', groups, { inputs: { centre: () => 0 } }), 'part "p": "centre" is not an input of model "groups": did you mean "center"?'],
  ['an input that is settled by a number', () => anyhow.part('p', groups, { inputs: { center: 0 } }), 'input "center" must be settled by a function of what is declared before the part, got 0'],
  ['a plate that the part has not', () => cities.part('p', groups, { plates: { grupo: 'city' } }), '"grupo" is not a plate of the part: did you mean "group"?'],
  ['a plate that the model has not', () => cities.part('p', groups, { plates: { group: 'town' } }), '"town" is not a plate of the model'],
  ['sizes that differ', () => model('m').plate('city', 3, (c) => c).part('p', model('four').plate('q', 4, (q) => q.latent('z', normal(0, 1))), { plates: { q: 'city' } }), 'part "p": plate "q" cannot be plate "city": it has size 4, and "city" has size 3'],
  ['two plates that are one', () => cities.part('p', tree, { plates: { row: 'city', column: 'city' } }), 'another plate of the part is'],
  ['a chain that is shared', () => cities.part('p', chain, { plates: { time: 'city' } }), 'a chain is declared once'],
  ['a plate that is open', () => cities.plate('city', 3, (city: Anyhow) => city.part('p', groups, { plates: { group: 'city' } })), 'which is open around the part'],
  ['a network in a plate', () => cities.plate('city', 3, (city: Anyhow) => city.part('p', model('net').network('f', mlp([1, 1])))), 'part "p" is in plate "city", and has network "f": declare the part outside'],
  ['a value in a plate', () => cities.plate('city', 3, (city: Anyhow) => city.part('p', groups.condition({ mu: 1 }))), 'its site "mu" has a value already'],
  ['a part in a chain', () => (model('m') as unknown as { markov(...args: unknown[]): unknown }).markov('t', 3, (t: Anyhow) => t.part('p', groups)), '"p" is a part in chain "t"'],
  ['a part twice', () => (anyhow.part('p', chain) as unknown as Anyhow).part('p', chain), 'plate "p.time" is already declared'],
  ['a name that is taken', () => (model('m').latent('p.z', normal(0, 1)) as unknown as Anyhow).part('p', tree), 'site "p.z" is already declared'],
])('%s: refused where it is declared', (_, of, message) => {
  expect(of).toThrow(message)
}) // prettier-ignore

test('an error in a part names the site as the model has it', async () => {
  await expect(pair.logJoint({ ...VALUES, 'left.y': [1] })).rejects.toThrow(
    'site "left.y" (plate "left.group"): data have shape [1], with 1 along axis 0, and plate "left.group" has size 2',
  )
  const wrong = model('m').part(
    'p',
    model('inner')
      .latent('a', normal(0, 1))
      .observed('x', ((seen: { b: never }) => normal(seen.b, 1)) as never),
  )
  await expect(wrong.logJoint({ 'p.a': 0, 'p.x': 0 })).rejects.toThrow(
    'site "p.x" reads "p.b", which is not declared before it: did you mean "p.a"?',
  )
})
