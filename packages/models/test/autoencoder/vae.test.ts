import '@tensorflow/tfjs-backend-cpu'
import { memory } from '@tensorflow/tfjs-core'
import { exp } from '@variate/core/ops'
import { poisson, type Poisson } from '@variate/distributions'
import { isotropicNormal } from '@variate/families'
import { adam } from '@variate/inference'
import { gaussianDecoder, vae, type Decoder } from '@variate/models/autoencoders'
import { expect, test } from 'vitest'
import { gradientError } from './gradientError.ts'
import { axes, exactly, pcaLogLikelihood, plane } from './linear.ts'

const small = { data: 3, latents: 2, hidden: [3], activation: 'tanh' } as const
/** Bits of one of two patterns, each with an error. */
const bits = Array.from({ length: 16 }, (_, i) =>
  Array.from({ length: 6 }, (__, j) => (i % 2 === (j < 3 ? 0 : 1) ? 1 : 0) ^ (j === i % 6 ? 1 : 0)),
)

test('derivatives of all parameters are those of differences', () => {
  expect(gradientError(vae(small), { x: [[1, 0, 1], [0, 0, 1]] })).toBeLessThan(1e-6) // prettier-ignore
})

test('without options it is of binary images of 784 pixels, with 400 hidden units and 20 latents', () => {
  const { model, encoder } = vae()
  expect([encoder.z.network.input, encoder.z.network.output]).toEqual([[784], [400]])
  const [decoder] = model.program.declarations
  const params = (decoder as never as { network: typeof encoder.z.network }).network
  expect([params.input, params.output]).toEqual([[20], [784]])
  expect(encoder.z.family.name).toBe('diagonalNormal')
})

test('it is fitted, applied, saved and loaded, and leaves no tensors', async () => {
  const before = memory().numTensors
  const algorithm = vae({
    data: 6,
    latents: 1,
    hidden: [8],
    batch: 8,
    epochs: 150,
    optimizer: adam({ rate: 0.02 }),
  })
  const fit = await algorithm.fit({ x: bits }, { seed: 0 })
  expect(fit.history[0]!.elbo).toBeLessThan(fit.elbo - 0.3)
  const { x } = await fit.reconstruct(bits)
  const right = x.data.filter((p, at) => p > 0.5 === ((at % 6 < 3 ? 0 : 1) === Math.floor(at / 6) % 2))
  expect(right.length).toBe(x.data.length)
  const again = await algorithm.load(fit.toBytes())
  expect(await again.encode(bits)).toEqual(await fit.encode(bits))
  expect((await fit.sample(3, { seed: 1 })).x.shape).toEqual([3, 6])
  expect(memory().numTensors).toBe(before)
})

test('linear, with normal noise, it is probabilistic PCA', async () => {
  const NOISE = 0.5
  const linear = {
    data: 2,
    latents: 1,
    hidden: [],
    particles: 4,
    decoder: gaussianDecoder({ scale: Math.sqrt(NOISE) }),
  }
  const fit = await vae({ ...linear, ...exactly(800) }).fit({ x: plane }, { seed: 0 })
  const exact = pcaLogLikelihood(NOISE)
  expect(Math.abs(fit.elbo / exact - 1)).toBeLessThan(1e-3)
  const { logLikelihood } = await fit.estimateLogLikelihood(plane, { particles: 1000, seed: 1 })
  expect(Math.abs(logLikelihood / exact - 1)).toBeLessThan(1e-3)
  const [layer] = fit.params.decoder as never as readonly {
    readonly weights: { readonly data: Float32Array }
  }[]
  const weights = [...layer!.weights.data]
  expect(squared(weights)).toBeCloseTo(axes[0].variance - NOISE, 1)
  // The sine of the angle from the first axis.
  console.log(Math.abs(dot(weights, axes[1].vector)) / Math.sqrt(squared(weights)), logLikelihood / exact - 1)
  expect(Math.abs(dot(weights, axes[1].vector)) / Math.sqrt(squared(weights))).toBeLessThan(1e-2)
})

test('β is as much as a noise that is β times as large', async () => {
  const [NOISE, BETA] = [0.25, 4]
  const linear = {
    data: 2,
    latents: 1,
    hidden: [],
    particles: 4,
    decoder: gaussianDecoder({ scale: Math.sqrt(NOISE) }),
  }
  const fit = await vae({ ...linear, beta: BETA, ...exactly(500) }).fit({ x: plane }, { seed: 0 })
  const [layer] = fit.params.decoder as never as readonly {
    readonly weights: { readonly data: Float32Array }
  }[]
  // Without β it were λ₁ − 0.25.
  expect(Math.abs(squared([...layer!.weights.data]) - (axes[0].variance - BETA * NOISE))).toBeLessThan(0.1)
})

test('an importance-weighted bound lies between the ELBO and log p(x)', async () => {
  // Two latents with one scale: q lacks what their posterior has.
  const NOISE = 0.1
  const fit = await vae({
    data: 2,
    latents: 2,
    hidden: [],
    decoder: gaussianDecoder({ scale: Math.sqrt(NOISE) }),
    family: isotropicNormal(),
    bound: 'importanceWeighted',
    particles: 5,
    ...exactly(300),
  }).fit({ x: plane }, { seed: 0 })
  const [layer] = fit.params.decoder as never as readonly Readonly<
    Record<'weights' | 'bias', { readonly data: Float32Array }>
  >[]
  const [[a, b, c, d], [m, n]] = [[...layer!.weights.data], [...layer!.bias.data]] as never as [
    number[],
    number[],
  ]
  const [xx, xy, yy] = [a! * a! + b! * b! + NOISE, a! * c! + b! * d!, c! * c! + d! * d! + NOISE]
  const determinant = xx * yy - xy * xy
  const exact = plane.map(([x, y]) => {
    const [u, v] = [x! - m!, y! - n!]
    return (
      -0.5 * ((yy * u * u - 2 * xy * u * v + xx * v * v) / determinant + Math.log(determinant)) -
      Math.log(2 * Math.PI)
    )
  })
  const mean = exact.reduce((sum, own) => sum + own, 0) / exact.length
  const { elbo, standardError } = await fit.evaluate(plane, { seed: 1, draws: 400 })
  const five = []
  for (let seed = 0; seed < 40; seed++)
    five.push((await fit.estimateLogLikelihood(plane, { particles: 5, seed })).logLikelihood)
  const weighted = five.reduce((sum, own) => sum + own, 0) / five.length
  const spread = Math.sqrt(squared(five.map((own) => own - weighted)) / five.length ** 2)
  expect(elbo + 3 * standardError).toBeLessThan(weighted - 3 * spread)
  expect(weighted).toBeLessThan(mean + 3 * spread)
  const { logLikelihood } = await fit.estimateLogLikelihood(plane, { particles: 4000, seed: 0 })
  expect(Math.abs(logLikelihood - mean)).toBeLessThan(0.03)
})

test('another likelihood is an object with a distribution, and is fitted as the others are', async () => {
  const counts: Decoder<Poisson> = {
    name: 'poisson',
    width: (count) => count,
    distribution: (logs) => poisson(exp(logs)),
  }
  const x = bits.map((row) => row.map((own) => 1 + 4 * own))
  const settings = {
    data: 6,
    latents: 1,
    hidden: [6],
    decoder: counts,
    batch: 16,
    optimizer: adam({ rate: 0.02 }),
  }
  expect(gradientError(vae({ ...small, decoder: counts }), { x: [[1, 0, 4], [2, 0, 1]] })).toBeLessThan(1e-6) // prettier-ignore
  const fit = await vae({ ...settings, epochs: 100 }).fit({ x }, { seed: 0 })
  expect(fit.history[0]!.elbo).toBeLessThan(fit.elbo - 1)
  expect((await fit.decode([[0]])).x.data.every((rate) => rate > 0)).toBe(true)
})

test('options are checked when they are given', () => {
  expect(() => vae({ data: 1.5 })).toThrow('vae: data must be a whole number ≥ 1, got 1.5')
  expect(() => vae({ hidden: [4, 0] })).toThrow('vae: hidden[1] must be a whole number ≥ 1, got 0')
  expect(() => vae({ hidden: 4 as never })).toThrow('vae: hidden must be a list, got 4')
  expect(() => vae({ bound: 'iwae' as never })).toThrow("vae: bound must be 'elbo' or 'importanceWeighted'")
  expect(() => vae({ particles: 0 })).toThrow('vae: particles must be a whole number ≥ 1, got 0')
  expect(() => vae({ hiden: [4] } as never)).toThrow('vae: there is no option "hiden"')
  expect(() => vae({ bound: 'importanceWeighted', particles: 5, beta: 2 })).toThrow(
    'weigh KL(q‖p), which a bound of whole weights has not',
  )
})

const dot = (a: readonly number[], b: readonly number[]): number =>
  a.reduce((sum, own, i) => sum + own * b[i]!, 0)
const squared = (a: readonly number[]): number => dot(a, a)
