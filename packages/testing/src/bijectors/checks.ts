import * as tf from '@tensorflow/tfjs-core'
import type { Tensor } from '@tensorflow/tfjs-core'
import { constant, mul, reshape, sum } from '@variate/core/ops'
import type { Nested } from '../distribution.ts'
import { gradients, read, show, tensorOf } from '../evaluate.ts'
import { numbersOf, shapeOf } from '../oracle/nested.ts'
import { Comparisons, type Tally } from '../tally.ts'
import type { AnyBijector, BijectorSubject } from './bijector.ts'
import { exactJacobian, logAbsDet, numericJacobian, STEP, type Matrix } from './jacobian.ts'

const ULP = 2 ** -23
const LOG_SMALLEST = Math.log(2 ** -126)
/** Where central differences in float32 are near enough: neither steep nor flat. */
const MODERATE = 4

const close = (expected: number): number => Math.max(4e-6 * Math.abs(expected), 2e-6)

/** f(x) and its log-determinant against the oracle. */
export function checkOracle({ name, make, x, oracle }: BijectorSubject): Tally {
  const tally = new Comparisons(name, 'against the oracle')
  const map = make()
  const [y, logDet] = [read(() => map.forward(tensorOf(x))), read(() => map.forwardLogDet(tensorOf(x)))]
  const size = y.length / x.length
  x.forEach((event, e) => {
    const slack = numbersOf(oracle!.sensitivity.y[e]!)
    numbersOf(oracle!.y[e]!).forEach((expected, i) => {
      const allowed = Math.max(4e-6 * Math.abs(expected), 4 * slack[i]!, 2 ** -149)
      tally.compare({ at: `forward at ${show(event)} entry ${i}`, expected, got: y[e * size + i]!, allowed })
    })
    const expected = oracle!.forwardLogDet[e]!
    const allowed = Math.max(close(expected), 4 * oracle!.sensitivity.forwardLogDet[e]!)
    tally.compare({ at: `log-determinant at ${show(event)}`, expected, got: logDet[e]!, allowed })
  })
  return tally.close()
}

/** f⁻¹(f(x)) = x, up to what rounding of y makes of it. */
export function checkInverse({ name, make, x }: BijectorSubject): Tally {
  const tally = new Comparisons(name, 'inverse of forward')
  const map = make()
  for (const event of x) {
    const y = nestedOf(map.forward(tensorOf(event)))
    const back = read(() => map.inverse(tensorOf(y)))
    const slopes = exactJacobian((value) => map.inverse(value), y)
    numbersOf(event).forEach((expected, i) => {
      const allowed = close(expected) + moved(slopes[i]!, numbersOf(y))
      if (!Number.isFinite(allowed)) return
      tally.compare({ at: `at ${show(event)} entry ${i}`, expected, got: back[i]!, allowed })
    })
  }
  return tally.close()
}

/** f(f⁻¹(y)) = y, up to what rounding of x makes of it. */
export function checkForward({ name, make, x }: BijectorSubject): Tally {
  const tally = new Comparisons(name, 'forward of inverse')
  const map = make()
  for (const event of x) {
    const y = nestedOf(map.forward(tensorOf(event)))
    const inverse = nestedOf(map.inverse(tensorOf(y)))
    if (!numbersOf(inverse).every(Number.isFinite)) continue
    const again = read(() => map.forward(tensorOf(inverse)))
    const slopes = exactJacobian((value) => map.forward(value), inverse)
    numbersOf(y).forEach((expected, i) => {
      const allowed = close(expected) + moved(slopes[i]!, numbersOf(inverse))
      tally.compare({ at: `at ${show(y)} entry ${i}`, expected, got: again[i]!, allowed })
    })
  }
  return tally.close()
}

/** The log-determinant is that of the Jacobian, by central differences and by gradients. */
export function checkJacobian(subject: BijectorSubject): Tally {
  const tally = new Comparisons(subject.name, 'log-determinant of the Jacobian')
  const map = subject.make()
  for (const event of subject.x) {
    const got = read(() => map.forwardLogDet(tensorOf(event)))[0]!
    const rows = (jacobian: Matrix): Matrix => {
      const shape = map.forwardShape(shapeOf(event))
      const own = subject.coordinates?.(shape.slice(shape.length - map.codomainRank))
      return own ? own.map((at) => jacobian[at]!) : jacobian
    }
    const f = (value: Tensor): Tensor => map.forward(value)
    const at = `at ${show(event)}`
    const slopes = rows(exactJacobian(f, event))
    const exact = logAbsDet(slopes)
    // Slopes below the smallest normal float32 have lost their digits.
    if (exact > LOG_SMALLEST) {
      tally.compare({ at: `${at}, gradients`, expected: exact, got, allowed: 1e-4 + 1e-5 * Math.abs(exact) })
    }
    if (
      !isSmooth(
        slopes,
        event,
        read(() => map.forward(tensorOf(event))),
      )
    )
      continue
    const expected = logAbsDet(rows(numericJacobian(f, event)))
    // NaN: a step leaves the domain.
    if (!Number.isNaN(expected)) tally.compare({ at: `${at}, differences`, expected, got, allowed: 5e-3 })
  }
  return tally.close()
}

/** Whether differences can be taken: not where the map is steep, nor where rounding of y hides its slopes. */
function isSmooth(slopes: Matrix, event: Nested, y: readonly number[]): boolean {
  const noise = (ULP * Math.max(...y.map(Math.abs))) / STEP
  const least = Math.min(...slopes.map((row) => Math.max(...row.map(Math.abs))))
  return numbersOf(event).every((number) => Math.abs(number) <= MODERATE) && noise < 1e-3 * least
}

/** log |det ∂f⁻¹/∂y| at f(x) is −log |det ∂f/∂x| at x, up to what rounding of y makes of it. */
export function checkInverseLogDet({ name, make, x }: BijectorSubject): Tally {
  const tally = new Comparisons(name, 'log-determinant of the inverse')
  const map = make()
  for (const event of x) {
    const y = nestedOf(map.forward(tensorOf(event)))
    const expected = -read(() => map.forwardLogDet(tensorOf(event)))[0]!
    const got = read(() => map.inverseLogDet(tensorOf(y)))[0]!
    const [slopes] = exactJacobian((value) => map.inverseLogDet(value), y)
    const allowed = close(expected) + moved(slopes!, numbersOf(y))
    if (!Number.isFinite(allowed)) continue
    tally.compare({ at: `at ${show(event)}`, expected, got, allowed })
  }
  return tally.close()
}

/** First and second derivatives of all four functions against central differences. */
export function checkDerivatives({ name, make, x }: BijectorSubject): Tally {
  const tally = new Comparisons(name, 'derivatives')
  const map = make()
  for (const event of x) {
    if (numbersOf(event).some((number) => Math.abs(number) > MODERATE)) continue
    const steps = numericJacobian((value) => map.forward(value), event).flat()
    if (steps.some(Number.isNaN)) continue
    const y = nestedOf(map.forward(tensorOf(event)))
    compareDerivatives(tally, 'forward', (value) => map.forward(value), event)
    compareDerivatives(tally, 'forwardLogDet', (value) => map.forwardLogDet(value), event)
    if (isIsolated(map, y)) continue
    compareDerivatives(tally, 'inverse', (value) => map.inverse(value), y)
    compareDerivatives(tally, 'inverseLogDet', (value) => map.inverseLogDet(value), y)
  }
  return tally.close()
}

/** Whether a step away from y leaves the codomain, or comes near its end, so that no difference can be taken. */
function isIsolated(map: AnyBijector, y: Nested): boolean {
  const size = numbersOf(y).length
  const slopes = exactJacobian((value) => map.inverse(value), y).flat()
  return (
    slopes.some((slope) => Math.abs(slope) > 4) ||
    Array.from({ length: size }, (_, i) => i).some((i) => {
      const nudged = numbersOf(y).map((number, j) => (i === j ? number + 0.02 : number))
      return read(() => map.inverse(tf.tensor(nudged, [...shapeOf(y)]))).some(Number.isNaN)
    })
  )
}

function compareDerivatives(tally: Comparisons, what: string, f: (x: Tensor) => Tensor, event: Nested): void {
  // Uneven weights, so that no derivative cancels another.
  const weighted = (x: Tensor, batch: boolean): Tensor => {
    const y = f(x)
    const count = batch ? x.shape[0]! : 1
    const weights = Array.from({ length: y.size / count }, (_, i) => 1 + 0.37 * i)
    return sum(mul(reshape(y, [count, -1]), constant(weights)), 1)
  }
  const slope = (x: Tensor): Tensor => gradients((at) => weighted(at!, false), [x])[0]!
  const first = read(() => slope(tensorOf(event)))
  const steps = numericJacobian((x) => weighted(x, true), event)[0]!
  const scale = 1 + Math.max(...first.map(Math.abs))
  first.forEach((got, i) =>
    tally.compare({
      at: `${what} at ${show(event)} in ${i}`,
      expected: steps[i]!,
      got,
      allowed: 2e-3 * scale,
    }),
  )
  const second = exactJacobian(slope, event)
  const differences = numericJacobian((xs) => tf.stack(tf.unstack(xs).map(slope)), event)
  const largest = 1 + Math.max(...second.flat().map(Math.abs))
  second.forEach((row, i) =>
    row.forEach((got, j) =>
      tally.compare({
        at: `${what}, twice, at ${show(event)} in ${i} and ${j}`,
        expected: differences[i]![j]!,
        got,
        allowed: 4e-3 * largest,
      }),
    ),
  )
}

/** Shapes are as declared, and a batch gives what its elements give. */
export function checkShapes({ name, make, x }: BijectorSubject): Tally {
  const tally = new Comparisons(name, 'shapes')
  const map = make()
  const event = shapeOf(x[0]!)
  const pair = [x[0]!, x.at(-1)!]
  const batch = tf.tidy(() => tf.reshape(tensorOf([...pair, ...pair, ...pair]), [3, 2, ...event]))
  const y = map.forward(batch)
  const is = (what: string, got: readonly number[], expected: readonly number[]): void =>
    tally.check(String(got) === String(expected), () => `${what} has shape [${got}], expected [${expected}]`)
  const lead = event.length - map.domainRank
  is('forward', y.shape, map.forwardShape(batch.shape))
  is('the batch', y.shape.slice(0, 2), [3, 2])
  is('inverse', map.inverseShape(y.shape), batch.shape)
  const functions = [
    ['forward', map.forward(batch), (x: Nested) => map.forward(tensorOf(x))],
    ['inverse', map.inverse(y), (x: Nested) => map.inverse(map.forward(tensorOf(x)))],
    ['forwardLogDet', map.forwardLogDet(batch), (x: Nested) => map.forwardLogDet(tensorOf(x))],
    ['inverseLogDet', map.inverseLogDet(y), (x: Nested) => map.inverseLogDet(map.forward(tensorOf(x)))],
  ] as const
  is('the inverse', functions[1][1].shape, batch.shape)
  for (const at of [2, 3] as const)
    is(functions[at][0], functions[at][1].shape, batch.shape.slice(0, 2 + lead))
  for (const [what, all, one] of functions) {
    const numbers = Array.from(all.dataSync())
    const size = numbers.length / 6
    pair.forEach((single, k) =>
      read(() => one(single)).forEach((expected, i) =>
        tally.compare({
          at: `${what} in a batch`,
          expected,
          got: numbers[(2 + k) * size + i]!,
          allowed: close(expected),
        }),
      ),
    )
    all.dispose()
  }
  tf.dispose([batch, y])
  return tally.close()
}

/** Images are in the codomain; what is not in it, and NaN, has NaN for its inverse. */
export function checkCodomain({ name, make, x, codomain, outside = [] }: BijectorSubject): Tally {
  const tally = new Comparisons(name, 'codomain')
  const map = make()
  for (const event of x) {
    const y = nestedOf(map.forward(tensorOf(event)))
    const found = codomain?.violation(numbersOf(y), shapeOf(y))
    tally.check(found === undefined, () => `forward of ${show(event)} is not in the codomain: ${found}`)
  }
  for (const y of outside) {
    const [inverse, logDet] = [
      read(() => map.inverse(tensorOf(y))),
      read(() => map.inverseLogDet(tensorOf(y))),
    ]
    tally.check(
      inverse.some(Number.isNaN) && logDet.every(Number.isNaN),
      () =>
        `${show(y)} is not in the codomain: its inverse is ${show(inverse)}, log-determinant ${show(logDet)}`,
    )
  }
  const spoiled = numbersOf(x[0]!).map(() => NaN)
  const image = read(() => map.forward(tf.tensor(spoiled, [...shapeOf(x[0]!)])))
  tally.check(image.length === 0 || image.some(Number.isNaN), () => `forward of NaN is ${show(image)}`)
  return tally.close()
}

/** Each function makes one tensor and no other, which may be disposed without its argument. */
export function checkMemory({ name, make, x }: BijectorSubject): Tally {
  const tally = new Comparisons(name, 'tensors left behind')
  const start = tf.memory().numTensors
  const map = make()
  const value = tensorOf(x[0]!)
  const y = map.forward(value)
  tally.compare({ at: 'forward', expected: start + 2, got: tf.memory().numTensors, allowed: 0 })
  for (const [what, f, at] of [
    ['forward', map.forward, value],
    ['inverse', map.inverse, y],
    ['forwardLogDet', map.forwardLogDet, value],
    ['inverseLogDet', map.inverseLogDet, y],
  ] as const) {
    const made = f(at)
    tally.compare({ at: what, expected: start + 3, got: tf.memory().numTensors, allowed: 0 })
    made.dispose()
    tally.check(!at.isDisposed, () => `${what} gives its argument`)
  }
  if (!value.isDisposed) tf.dispose([value, y])
  tally.compare({ at: 'in the end', expected: start, got: tf.memory().numTensors, allowed: 0 })
  return tally.close()
}

/** How far rounding of `at` by 4 ulp moves what has these slopes there. */
function moved(slopes: readonly number[], at: readonly number[]): number {
  return slopes.reduce((total, slope, i) => total + 4 * ULP * Math.abs(slope * at[i]!), 0)
}

function nestedOf(tensor: Tensor): Nested {
  const nested = tensor.arraySync() as Nested
  tensor.dispose()
  return nested
}
