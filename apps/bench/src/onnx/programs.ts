import type { Tensor } from '@tensorflow/tfjs-core'
import { compile, loop, valueAndGrad } from '@variate/compile'
import { toOnnx } from '@variate/compile/onnx'
import {
  add,
  and,
  cast,
  div,
  drawGumbel,
  drawNormal,
  drawUniform,
  expandDims,
  foldInKey,
  gather,
  greater,
  log,
  logSumExp,
  matVec,
  maximum,
  mul,
  not,
  or,
  softplus,
  square,
  sub,
  sum,
  where,
} from '@variate/core/ops'
import { autoencoder } from './autoencoder.ts'
import { flags, keyOf, reals, tensorOf, wholes, type Plain } from './data.ts'
import { trainingStep, type Weights } from './trainingStep.ts'

type Named = Readonly<Record<string, Tensor>>

/** A model, what it is given, and what compiled code makes of that, both by name. */
export interface OnnxProgram {
  readonly name: string
  readonly model: Uint8Array
  readonly inputs: Readonly<Record<string, Plain>>
  readonly expected: Named
}

/** The program of a function of tensors, by the names that these are given by. */
function programOf(
  name: string,
  f: (...args: Tensor[]) => Named,
  inputs: Readonly<Record<string, Plain>>,
): OnnxProgram {
  const args = Object.values(inputs).map(tensorOf)
  const compiled = compile(f, { engine: 'wasm' })
  const model = toOnnx(compiled, { args, inputs: Object.keys(inputs), metadata: { name } })
  return { name, model, inputs, expected: compiled(...args) }
}

/** The gradient of −log p(y | x, w, b). */
const logistic = () =>
  programOf(
    'gradient of a logistic regression',
    (w, b, x, y) => {
      const { value, grads } = valueAndGrad((coefficients: Tensor, intercept: Tensor) => {
        const logits = add(matVec(x!, coefficients), intercept)
        return sum(sub(softplus(logits), mul(y!, logits)))
      })(w!, b!)
      return { loss: value, dw: grads[0], db: grads[1] }
    },
    { w: reals([4], 1), b: reals([], 2), x: reals([50, 4], 3), y: reals([50], 4, (x) => +(x > 0)) },
  )

/** Of a mixture of normals with diagonal covariances. */
const mixture = () =>
  programOf(
    'E step of a Gaussian mixture',
    (x, means, scales, logWeights) => {
      const z = div(sub(expandDims(x!, 1), means!), scales!)
      const logScales = sum(log(scales!), 1)
      const logJoint = sub(sub(logWeights!, logScales), mul(0.5, sum(square(z), 2)))
      const logTotal = logSumExp(logJoint, 1, true)
      return { logResponsibilities: sub(logJoint, logTotal), logLikelihood: sum(logTotal) }
    },
    {
      x: reals([200, 2], 1),
      means: reals([3, 2], 2),
      scales: reals([3, 2], 3, (x) => 1.5 + x),
      logWeights: reals([3], 4),
    },
  )

const SHAPES: Weights<readonly number[]> = {
  encode: [12, 8],
  toLatents: [8, 6],
  decode: [3, 8],
  toPixels: [8, 12],
}

/** A step of a variational auto-encoder, whose weights, means and draws are all the model's. */
function vae(): OnnxProgram {
  const parts = Object.entries(SHAPES) as [keyof Weights, readonly number[]][]
  const plain = (of: (shape: readonly number[], i: number) => Plain): Weights<Plain> =>
    Object.fromEntries(parts.map(([name, shape], i) => [name, of(shape, i)])) as unknown as Weights<Plain>
  const tensors = (weights: Weights<Plain>): Weights =>
    Object.fromEntries(parts.map(([name]) => [name, tensorOf(weights[name])])) as unknown as Weights
  const weights = plain((shape, i) => reals(shape, i + 1, (x) => 0.3 * x))
  const means = plain((shape, i) => reals(shape, i + 5, (x) => 0.01 * x))
  const squares = plain((shape, i) => reals(shape, i + 9, (x) => 1e-4 * (1.1 + x)))
  const [images, step, key] = [reals([20, 12], 13, (x) => 0.5 + 0.5 * x), reals([], 0, () => 3), keyOf(7)]
  const compiled = compile(trainingStep, { engine: 'wasm' })
  const args = [
    tensors(weights),
    tensors(means),
    tensors(squares),
    tensorOf(images),
    tensorOf(step),
    tensorOf(key),
  ] as const
  const within = (name: string, of: Weights<Plain>): Record<string, Plain> =>
    Object.fromEntries(parts.map(([part]) => [`${name}.${part}`, of[part]]))
  const after = compiled(...args)
  const now = (name: 'weights' | 'means' | 'squares'): Record<string, Tensor> =>
    Object.fromEntries(parts.map(([part]) => [`next.${name}.${part}`, after[name][part]]))
  return {
    name: 'training step of an auto-encoder',
    model: toOnnx(compiled, {
      args,
      inputs: ['weights', 'means', 'squares', 'images', 'step', 'key'],
      outputs: ['next'],
      doc: 'One step of Adam.',
    }),
    inputs: {
      ...within('weights', weights),
      ...within('means', means),
      ...within('squares', squares),
      images,
      step,
      key,
    },
    expected: { 'next.loss': after.loss, ...now('weights'), ...now('means'), ...now('squares') },
  }
}

/** Descent with momentum on a quadratic function, of which every third place is kept. */
const descent = () =>
  programOf(
    'loop with momentum',
    (start, scales, targets) => {
      const { state, outputs } = loop(
        ({ x, speed }, { each }) => {
          const slope = mul(scales!, sub(x, each))
          const next = sub(mul(0.9, speed), mul(0.1, slope))
          return { state: { x: add(x, next), speed: next }, outputs: x }
        },
        {
          state: { x: start!, speed: mul(0, start!) },
          count: 12,
          each: targets!,
          collect: { every: 3 },
        },
      )
      return { x: state.x, speed: state.speed, path: outputs }
    },
    { start: reals([3], 1), scales: reals([3], 2, (x) => 1.5 + x), targets: reals([12, 3], 3) },
  )

const draws = () =>
  programOf(
    'draws from keys',
    (key, step) => {
      const own = foldInKey(key!, step!) as Tensor
      return {
        folded: own,
        normals: drawNormal(own, [64, 3]),
        uniforms: drawUniform(own, [50]),
        gumbels: drawGumbel(own, [50]),
      }
    },
    { key: keyOf(42), step: { type: 'int32', shape: [], data: [17] } },
  )

const counting = () =>
  programOf(
    'whole numbers and truth values',
    (a, b, isOn, table) => {
      const isLarger = greater(a!, b!)
      return {
        product: mul(a!, b!),
        wrapped: add(mul(a!, 1_000_003), b!),
        chosen: where(isOn!, maximum(a!, b!), sub(a!, b!)),
        isEither: or(and(isLarger, isOn!), not(isLarger)),
        rows: gather(table!, a!),
        whole: cast(mul(table!, 10), 'int32'),
        count: sum(isOn!),
      }
    },
    {
      a: wholes(0, 3, 1, 2),
      b: wholes(2_000_000_000, -7, 1, 0),
      isOn: flags(1, 0, 1, 1),
      table: reals([4, 2], 1),
    },
  )

/** The programs that are checked as models. */
export const PROGRAMS: readonly (() => OnnxProgram | Promise<OnnxProgram>)[] = [
  logistic,
  mixture,
  vae,
  descent,
  draws,
  counting,
  () => autoencoder('encoder'),
  () => autoencoder('decoder'),
]
