import '@tensorflow/tfjs-backend-cpu'
import type { Tensor } from '@tensorflow/tfjs-core'
import { expect, test } from 'vitest'
import { compile, valueAndGrad } from '@variate/compile'
import { key, NdArray, UnsupportedError } from '@variate/core'
import { add, constant, exp, gather, keyTensor, mul, sum } from '@variate/core/ops'
import {
  beta,
  exponential,
  gamma,
  halfCauchy,
  independent,
  normal,
  pareto,
  studentT,
  uniform,
  type Distribution,
} from '@variate/distributions'
import { model, real, type Model } from '@variate/language'
import {
  bind,
  deviationsAt,
  draws,
  firstNaN,
  logProbs,
  uncentered,
  unconstrained,
  type Bound,
  type Program,
  type UncenteredOptions,
} from '@variate/language/internal'
import { checkLeaks } from './leaks.ts'

checkLeaks()

type Declared = Pick<Model, 'program'>
type Given = Readonly<Record<string, unknown>>
type Arrays = Readonly<Record<string, NdArray>>

const eightSchools = model('eight schools')
  .latent('mu', normal(0, 5))
  .latent('tau', halfCauchy(5))
  .plate('school', 8, (school) =>
    school
      .input('sigma')
      .latent('theta', ({ mu, tau }) => normal(mu, tau), { centered: false })
      .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
  )
const data = { y: [28, 8, -3, 7, -1, 1, 18, 12], sigma: [15, 10, 16, 11, 9, 11, 10, 18] }
const theta = [11, 7, 6, 7, 5, 6, 11, 8]
const deviations = theta.map((own) => (own - 4) / 5)

const array = (x: readonly number[], shape: readonly number[] = [x.length]): NdArray =>
  new NdArray(Float64Array.from(x), shape)
const at = { mu: array([4], []), tau: array([5], []) }
const inFloat64 = { precision: 'float64' } as const

function bound({ program }: Declared, given: Given = {}): Bound {
  return bind(program, given, {
    who: 'test',
    needed: ({ kind }) => kind === 'observed' || kind === 'input',
  })
}

/** The names of what is computed of deviations. */
function movedIn(declared: Declared, given: Given = {}, options?: UncenteredOptions): readonly string[] {
  return [...uncentered(bound(declared, given), options).deviations.keys()]
}

/** Data within a trace. */
function tensorsOf({ values }: Bound): Record<string, Tensor> {
  return Object.fromEntries(Object.entries(values).map(([name, x]) => [name, constant(x as never)]))
}

function joint(program: Program, bound: Bound, more: Readonly<Record<string, Tensor>>): Tensor {
  return Object.values(logProbs(program, bound.sizes, { ...tensorsOf(bound), ...more }))
    .map((x) => sum(x))
    .reduce((a, b) => add(a, b))
}

test('the log joint is that of the model and the logarithms of scales, with the gradient by hand', async () => {
  const own = bound(eightSchools, data)
  const { program } = uncentered(own)
  const { value, grads } = compile(
    valueAndGrad((mu: Tensor, tau: Tensor, z: Tensor) =>
      joint(program, own, { mu, tau, 'theta.deviation': z }),
    ),
    inFloat64,
  )(at.mu, at.tau, array(deviations)) as unknown as { value: NdArray; grads: readonly NdArray[] }
  const before = await eightSchools.logJoint({ ...data, mu: 4, tau: 5, theta })
  expect(value.data[0]! - 8 * Math.log(5)).toBeCloseTo(before, 11)
  // d log N(yᵢ | θᵢ, σᵢ)/dθᵢ, and θᵢ = μ + τ·zᵢ.
  const ofTheta = theta.map((x, i) => (data.y[i]! - x) / data.sigma[i]! ** 2)
  const total = (x: readonly number[]): number => x.reduce((a, b) => a + b, 0)
  expect(grads[0]!.data[0]).toBeCloseTo(total(ofTheta) - 4 / 25, 12)
  expect(grads[1]!.data[0]).toBeCloseTo(total(ofTheta.map((x, i) => x * deviations[i]!)) - 10 / 50, 12)
  for (const [i, x] of ofTheta.entries()) expect(grads[2]!.data[i]).toBeCloseTo(x * 5 - deviations[i]!, 12)
})

test('values are draws of the model, and computed of given deviations', () => {
  const { program, deviations: names } = uncentered(bound(eightSchools, data))
  expect([...names]).toEqual([['theta', 'theta.deviation']])
  const { sizes } = bound(eightSchools, data)
  const drawn = compile(
    (mu: Tensor, tau: Tensor, z: Tensor) =>
      draws(program, sizes, keyTensor(key(0)), {
        sigma: constant(data.sigma),
        mu,
        tau,
        'theta.deviation': z,
      }),
    inFloat64,
  )(at.mu, at.tau, array(deviations)) as unknown as Arrays
  expect(drawn['theta']!.shape).toEqual([8])
  for (const [i, x] of theta.entries()) expect(drawn['theta']!.data[i]).toBeCloseTo(x, 12)
  const free = compile(
    (mu: Tensor, tau: Tensor) =>
      draws(program, sizes, keyTensor(key(0)), { sigma: constant(data.sigma), mu, tau }),
    inFloat64,
  )(at.mu, at.tau) as unknown as Arrays
  for (const [i, x] of free['theta']!.data.entries())
    expect(x).toBeCloseTo(4 + 5 * free['theta.deviation']!.data[i]!, 12)
})

test('deviations of values are found of what they depend on alone', () => {
  const made = uncentered(bound(eightSchools, data))
  const found = compile(
    (mu: Tensor, tau: Tensor, theta: Tensor) =>
      deviationsAt(made, new Map([['school', 8]]), { mu, tau, theta }),
    inFloat64,
  )(at.mu, at.tau, array(theta)) as unknown as Arrays
  expect(Object.keys(found)).toEqual(['theta.deviation'])
  for (const [i, z] of deviations.entries()) expect(found['theta.deviation']!.data[i]).toBeCloseTo(z, 12)
})

test('the model itself is what it was: it is given values and gives draws of them', async () => {
  const centered = model('eight schools')
    .latent('mu', normal(0, 5))
    .latent('tau', halfCauchy(5))
    .plate('school', 8, (school) =>
      school
        .input('sigma')
        .latent('theta', ({ mu, tau }) => normal(mu, tau))
        .observed('y', ({ theta, sigma }) => normal(theta, sigma)),
    )
  const values = { ...data, mu: 4, tau: 5, theta }
  expect(await eightSchools.logJoint(values)).toBe(await centered.logJoint(values))
  const options = { seed: 3, given: { sigma: data.sigma } }
  expect((await eightSchools.sample(options)).theta).toEqual((await centered.sample(options)).theta)
  await expect(eightSchools.logJoint({ ...values, 'theta.deviation': deviations } as never)).rejects.toThrow(
    '"theta.deviation" is given',
  )
})

test('a site that is conditioned on stays as it is, and a program of which nothing is moved is the same', () => {
  const known = eightSchools.condition({ theta })
  const own = bound(known, data)
  expect(uncentered(own, { centered: 'auto' })).toEqual({
    program: known.program,
    from: known.program,
    deviations: new Map(),
  })
})

test('by itself a site is moved where its location or scale depends on other latents', () => {
  const many = model('many')
    .param('w', real())
    .input('x')
    .latent('mu', normal(0, 1))
    .latent('sd', halfCauchy(1))
    .latent('nu', gamma(2, 0.1))
    .latent('of the parameter', ({ w, x }) => normal(w, exp(x)))
    .latent('of its location', ({ mu }) => normal(mu, 1))
    .latent('of its scale', ({ sd }) => normal(0, sd))
    .latent('of its rate', ({ sd }) => exponential(sd))
    .latent('of its degrees of freedom', ({ nu }) => studentT(nu, 0, 1))
    .latent('of no family', ({ sd }) => beta(sd, 1))
    .deterministic('double', ({ mu }) => mul(2, mu))
    .latent('through another', ({ double }) => normal(double, 1))
    .latent('as it is', ({ mu }) => normal(mu, 1), { centered: true })
    .latent('in any case', normal(0, 1), { centered: false })
    .latent('in a vector', ({ mu, sd }) => independent(normal(mul(mu, constant([1, 2])), sd)))
    .markov('t', 3, (t) => t.latent('z', normal(0, 1), ({ sd }, { z }) => normal(z, sd)))
  const ofLatents = ['of its location', 'of its scale', 'of its rate', 'through another']
  expect(movedIn(many, { x: 1 }, { centered: 'auto' })).toEqual([...ofLatents, 'in any case', 'in a vector'])
  expect(movedIn(many, { x: 1 })).toEqual(['in any case'])
  expect(movedIn(model('m').latent('a', normal(0, 1)).latent('b', ({ a }) => normal(a, 1), { centered: 'auto' }))).toEqual(['b']) // prettier-ignore
})

test('all that can be are moved if that is chosen, and what cannot stays', () => {
  const mixed = model('mixed')
    .latent('p', beta(1, 1))
    .latent('a', normal(0, 1))
    .latent('b', normal(0, 1), { centered: true })
  expect(movedIn(mixed, {}, { centered: false })).toEqual(['a'])
})

test('what has no location and scale is refused where it is to be moved, with the site and what could be', () => {
  const wrong: Distribution = beta(1, 1)
  const chance = model('chances').plate('i', 2, (i) => i.latent('p', wrong, { centered: false }))
  expect(() => uncentered(bound(chance))).toThrow(UnsupportedError)
  expect(() => uncentered(bound(chance))).toThrow(
    /^model "chances": site "p" \(plate "i"\): centered: false is for distributions with a location or a scale, and beta is none: leave it out, or declare one of normal, cauchy, /,
  )
  expect(() => uncentered(bound(chance), { who: 'bbvi' })).toThrow(/^bbvi: site "p"/)
})

test('a deviation has a name that no site has', () => {
  const taken = model('taken')
    .latent('a.deviation', normal(0, 1))
    .latent('a', ({ 'a.deviation': mean }) => normal(mean, 1), { centered: false })
  const { program } = uncentered(bound(taken))
  expect(program.declarations.map(({ name }) => name)).toEqual(['a.deviation', "a.deviation'", 'a'])
})

test('sites of layers and parts, those seen whole, and missing values are moved as others are', async () => {
  const part = model('part')
    .input('x')
    .latent('a', ({ x }) => normal(x, 2), { centered: false })
  const whole = model('whole')
    .latent('mu', normal(0, 1))
    .part('left', part, { inputs: { x: ({ mu }) => mu } })
    .layers('z', [0, 1], () => normal(0, 1), (_, above) => normal(above, 3), { centered: false })
    .plate('group', 3, (group) => group.latent('b', ({ z1 }) => normal(z1, 0.5), { centered: false }))
    .plate('i', 'n', (i) =>
      i
        .input('of')
        .observed('y', ({ 'left.a': a, b, of }) => normal(add(a, gather(b, of)), 2))
        .observed('w', ({ y }) => normal(y, 1)),
    )
    .withMissing({ y: [1, null] }) // prettier-ignore
  const own = bound(whole, { of: [0, 2], w: [1, 2] })
  const made = uncentered(own, { centered: 'auto' })
  expect([...made.deviations.keys()]).toEqual(['left.a', 'z2', 'z1', 'b', 'y.missing'])
  const values = { mu: 0.3, 'left.a': 1, z2: -1, z1: 2, b: [1, 2, 3], 'y.missing': [5] }
  const { before, after } = compile((given: Record<string, Tensor>) => {
    const { mu, ...others } = { ...given }
    const z = deviationsAt(made, own.sizes, { ...tensorsOf(own), mu: mu!, ...others })
    return { before: joint(whole.program, own, given), after: joint(made.program, own, { mu: mu!, ...z }) }
  }, inFloat64)(
    Object.fromEntries(
      Object.entries(values).map(([name, x]) => [name, typeof x === 'number' ? array([x], []) : array(x)]),
    ) as never,
  ) as unknown as Arrays
  const scales = Math.log(2) + Math.log(1) + Math.log(3) + 3 * Math.log(0.5) + Math.log(2)
  expect(after!.data[0]! - scales).toBeCloseTo(before!.data[0]!, 12)
})

test('the support of a deviation depends on no other site, where that of the value does', () => {
  const between = model('between')
    .latent('sd', halfCauchy(1))
    .plate('i', 2, (i) =>
      i
        .latent('a', ({ sd }) => uniform(0, mul(sd, constant([1, 2]))), { centered: false })
        .latent('b', ({ sd }) => pareto(sd, 3), { centered: false }),
    )
  const own = bound(between)
  expect(() => unconstrained(own, 'test')).toThrow('depends on other sites')
  const { program } = uncentered(own)
  expect(unconstrained(bound({ program }), 'test').names).toEqual(['sd', 'a.deviation', 'b.deviation'])
})

test('a scale that is none gives no density, and is told of the deviation', () => {
  const wrong = model('wrong')
    .param('sd', real())
    .plate('i', 2, (i) => i.latent('a', ({ sd }) => normal(0, sd), { centered: false }))
  const { program } = uncentered(bound(wrong))
  const own = bound({ program } as Declared)
  const place = firstNaN(own, { sd: array([-1], []), 'a.deviation': array([1, 2]) }, 7)!
  expect([place.site, place.index]).toEqual(['a.deviation', [0]])
  expect(place.error.message).toBe(
    'site "a.deviation" (plate "i"): normal: scale must be > 0, got -1, in the element at [0] in step 7',
  )
})
