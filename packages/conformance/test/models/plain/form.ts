/** A number, or c + Σ aᵢ εᵢ of independent standard normal ε. */
export type Form = number | Affine

export interface Affine {
  readonly constant: number
  readonly slopes: readonly number[]
}

export function constantOf(x: Form): number {
  return typeof x === 'number' ? x : x.constant
}

export function slopesOf(x: Form): readonly number[] {
  return typeof x === 'number' ? [] : x.slopes
}

/** The i-th ε. */
export function standardNormal(i: number): Form {
  return { constant: 0, slopes: Array.from({ length: i + 1 }, (_, j) => Number(i === j)) }
}

export function plus(x: Form, y: Form): Form {
  if (typeof x === 'number' && typeof y === 'number') return x + y
  const [a, b] = [slopesOf(x), slopesOf(y)]
  const slopes = Array.from({ length: Math.max(a.length, b.length) }, (_, i) => (a[i] ?? 0) + (b[i] ?? 0))
  return { constant: constantOf(x) + constantOf(y), slopes }
}

export function times(x: Form, y: Form): Form {
  if (typeof x === 'number' && typeof y === 'number') return x * y
  const [number, form] = typeof x === 'number' ? [x, y as Affine] : [numberOf(y), x]
  return { constant: number * form.constant, slopes: form.slopes.map((slope) => number * slope) }
}

/** @throws TypeError for what is random: it would not stay linear. */
export function numberOf(x: Form): number {
  if (typeof x === 'number') return x
  throw new TypeError('not linear in the continuous latents')
}
