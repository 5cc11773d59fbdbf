import { expect, test } from 'vitest'
import { minimize } from '@variate/inference'
import oracle from './oracles/minima.json' with { type: 'json' }

const close = (got: ArrayLike<number>, expected: readonly number[], within: number): void => {
  expect(got.length).toBe(expected.length)
  for (const [i, x] of expected.entries()) expect(Math.abs(got[i]! - x)).toBeLessThan(within)
}

/** A function that keeps what it was asked. */
const watched = (f: Parameters<typeof minimize>[0]) => {
  const calls: number[] = []
  const own: typeof f = (x) => {
    const at = f(x)
    calls.push(at.value)
    return at
  }
  return { f: own, calls }
}

function rosenbrock(x: Float64Array) {
  const gradient = new Float64Array(x.length)
  let value = 0
  for (let i = 0; i + 1 < x.length; i++) {
    const [a, b] = [x[i]!, x[i + 1]!]
    value += 100 * (b - a * a) ** 2 + (1 - a) ** 2
    gradient[i]! += -400 * a * (b - a * a) - 2 * (1 - a)
    gradient[i + 1]! += 200 * (b - a * a)
  }
  return { value, gradient }
}

test('Rosenbrock in two dimensions: the valley is followed to [1, 1]', () => {
  const { x, value, gradient, iterations, converged } = minimize(rosenbrock, Float64Array.of(-1.2, 1))
  expect(converged).toBe(true)
  close(x, [1, 1], 1e-7)
  expect(value).toBeLessThan(1e-14)
  close(gradient, [0, 0], 1e-8)
  expect(iterations).toBeLessThan(60)
})

test('Rosenbrock in ten dimensions: the minimum that SciPy finds', () => {
  const { x, converged } = minimize(rosenbrock, Float64Array.from(oracle.rosenbrock.start))
  expect(converged).toBe(true)
  close(x, oracle.rosenbrock.x, 1e-6)
})

test('a quadratic of condition 10⁶ has the minimum A⁻¹ b', () => {
  const scales = [1e-3, 0.1, 1, 30, 1e3]
  const b = [1, -2, 0.5, 4, 10]
  const f = (x: Float64Array) => ({
    value: x.reduce((sum, own, i) => sum + 0.5 * scales[i]! * own * own - b[i]! * own, 0),
    gradient: x.map((own, i) => scales[i]! * own - b[i]!),
  })
  const { x, converged } = minimize(f, new Float64Array(5), { tolerance: 1e-10 })
  expect(converged).toBe(true)
  for (const [i, own] of x.entries()) expect(own / (b[i]! / scales[i]!)).toBeCloseTo(1, 4)
})

test('a curvature of 10¹⁸ is one like any other', () => {
  const f = ([x, y]: Float64Array) => ({
    value: 0.5e18 * (x! - 1) ** 2 + 2e18 * (y! + 2) ** 2,
    gradient: Float64Array.of(1e18 * (x! - 1), 4e18 * (y! + 2)),
  })
  const { x, iterations } = minimize(f, Float64Array.of(5, 5))
  close(x, [1, -2], 1e-7)
  expect(iterations).toBeLessThan(20)
})

test('a logistic regression: the minimum that SciPy finds', () => {
  const { X, y, x: expected, value: lowest } = oracle.logistic
  const f = (w: Float64Array) => {
    const gradient = w.map((own) => 0.1 * own)
    let value = 0.05 * w.reduce((sum, own) => sum + own * own, 0)
    for (const [i, row] of X.entries()) {
      const margin = row.reduce((sum, own, j) => sum + own * w[j]!, 0)
      value += Math.log1p(Math.exp(-Math.abs(margin))) + Math.max(0, margin) - y[i]! * margin
      for (const [j, own] of row.entries()) gradient[j]! += own * (1 / (1 + Math.exp(-margin)) - y[i]!)
    }
    return { value, gradient }
  }
  const { x, value, converged } = minimize(f, new Float64Array(4))
  expect(converged).toBe(true)
  close(x, expected, 1e-6)
  expect(value).toBeCloseTo(lowest, 10)
})

test('where the function is not a number or not finite, the step is halved', () => {
  const barrier = watched(([x]) => ({ value: x! - Math.log(x!), gradient: Float64Array.of(1 - 1 / x!) }))
  const { x, converged } = minimize(barrier.f, Float64Array.of(40))
  expect(converged).toBe(true)
  expect(x[0]).toBeCloseTo(1, 7)
  expect(barrier.calls.some(Number.isNaN)).toBe(true)
  // Where a step overflows.
  const steep = ([x]: Float64Array) => ({
    value: Math.exp(x!) - 2 * x!,
    gradient: Float64Array.of(Math.exp(x!) - 2),
  })
  expect(minimize(steep, Float64Array.of(-1e4)).x[0]).toBeCloseTo(Math.LN2, 7)
})

test('the value never rises from one iteration to the next, whatever the gradient says', () => {
  // A gradient with an error in it: no step along it falls for ever.
  const wrong = ([x, y]: Float64Array) => ({
    value: x! ** 2 + y! ** 2,
    gradient: Float64Array.of(2 * x! + 0.5, 2 * y!),
  })
  let last = Infinity
  for (let maxIterations = 1; maxIterations < 12; maxIterations++) {
    const { value } = minimize(wrong, Float64Array.of(3, -4), { maxIterations })
    expect(value).toBeLessThanOrEqual(last)
    last = value
  }
  const uphill = ([x]: Float64Array) => ({ value: x! ** 2, gradient: Float64Array.of(-2 * x!) })
  expect(minimize(uphill, Float64Array.of(3))).toMatchObject({ value: 9, iterations: 0, converged: false })
})

test('a minimum to begin with takes no iterations, and a limit ends it unconverged', () => {
  const start = Float64Array.of(1, 1)
  expect(minimize(rosenbrock, start)).toMatchObject({ iterations: 0, converged: true, value: 0 })
  const cut = minimize(rosenbrock, Float64Array.of(-1.2, 1), { maxIterations: 3 })
  expect(cut).toMatchObject({ iterations: 3, converged: false })
  expect([...start]).toEqual([1, 1])
})

test('a value of such size that its rounding hides the last steps has converged', () => {
  const f = ([x]: Float64Array) => ({ value: 1e9 + (x! - 2) ** 2, gradient: Float64Array.of(2 * (x! - 2)) })
  const { x, converged } = minimize(f, Float64Array.of(50), { tolerance: 0 })
  expect(converged).toBe(true)
  expect(x[0]).toBeCloseTo(2, 2)
})

test('a constant that is added to the function changes nothing but the rounding', () => {
  const at = (constant: number) =>
    minimize(
      ([x]) => ({ value: constant + (x! - 3) ** 2, gradient: Float64Array.of(2 * (x! - 3)) }),
      Float64Array.of(0),
    )
  for (const constant of [0, 1e3, -1e6, 1e9]) {
    const { x, converged, iterations } = at(constant)
    expect(converged).toBe(true)
    expect(iterations).toBeGreaterThan(0)
    expect(Math.abs(x[0]! - 3)).toBeLessThan(10 * Math.sqrt(Number.EPSILON * Math.max(1, Math.abs(constant))))
  }
})

test('a function without a minimum never converges, however low it is', () => {
  for (const constant of [0, 1e9, -1e12]) {
    const line = ([x]: Float64Array) => ({ value: constant + x!, gradient: Float64Array.of(1) })
    expect(minimize(line, Float64Array.of(0)).converged).toBe(false)
  }
})

test('a last step that only rounding keeps from falling is given up after a few trials', () => {
  // The gradient never is 0 in this precision: the root of 2 is no number of it.
  const well = watched(([x]) => ({
    value: 1e3 + (x! * x! - 2) ** 2,
    gradient: Float64Array.of(4 * x! * (x! * x! - 2)),
  }))
  const { x, converged } = minimize(well.f, Float64Array.of(3), { tolerance: 0 })
  expect(converged).toBe(true)
  expect(x[0]).toBeCloseTo(Math.SQRT2, 6)
  expect(well.calls.length).toBeLessThan(40)
})

test('the function may write its gradients into the same array again and again', () => {
  const buffer = new Float64Array(2)
  const reusing = (x: Float64Array) => {
    const { value, gradient } = rosenbrock(x)
    buffer.set(gradient)
    return { value, gradient: buffer }
  }
  const start = Float64Array.of(-1.2, 1)
  expect(minimize(reusing, start)).toEqual(minimize(rosenbrock, start))
})

test('the result is what its type says, and nothing more', () => {
  const names = ['converged', 'gradient', 'iterations', 'value', 'x']
  const noted = (x: Float64Array) => ({ ...rosenbrock(x), note: 'of the function itself' })
  for (const maxIterations of [1, 1000]) {
    for (const start of [Float64Array.of(-1.2, 1), Float64Array.of(1, 1)])
      expect(Object.keys(minimize(noted, start, { maxIterations })).toSorted()).toEqual(names)
  }
})

test('bad input is told of', () => {
  const start = Float64Array.of(-1.2, 1)
  expect(() => minimize(rosenbrock, start, { memory: 0 })).toThrow(
    'minimize: memory must be a whole number ≥ 1, got 0',
  )
  expect(() => minimize(rosenbrock, start, { tolerance: Number.NaN })).toThrow(
    'tolerance must be ≥ 0, got NaN',
  )
  expect(() => minimize(rosenbrock, Float64Array.of(Number.NaN, 0))).toThrow(
    'must be finite at the start, got NaN',
  )
  expect(() => minimize(() => ({ value: 0, gradient: new Float64Array(1) }), start)).toThrow(
    'the gradient has length 1, the start 2',
  )
})
