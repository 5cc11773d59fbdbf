/** A number, c + Σ aᵢ εᵢ of independent standard normal ε, or a multiple of a conjugate latent. */
export type Form = number | Affine | Multiple

export interface Affine {
  readonly constant: number
  readonly slopes: readonly number[]
}

export interface Multiple {
  readonly factor: number
  /** Which conjugate latent of all, and which of its numbers. */
  readonly of: number
  readonly entry: number
}

function isAffine(x: Form): x is Affine {
  return typeof x !== 'number' && 'slopes' in x
}

export function isMultiple(x: Form): x is Multiple {
  return typeof x !== 'number' && 'factor' in x
}

export function constantOf(x: Form): number {
  return isAffine(x) ? x.constant : numberOf(x)
}

export function slopesOf(x: Form): readonly number[] {
  return isAffine(x) ? x.slopes : []
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
  if (typeof x !== 'number') return times(numberOf(y), x)
  if (typeof y === 'number') return x * y
  if (isMultiple(y)) return { ...y, factor: x * y.factor }
  return { constant: x * y.constant, slopes: y.slopes.map((slope) => x * slope) }
}

/** @throws TypeError for what is random: it would not stay linear. */
export function numberOf(x: Form): number {
  if (typeof x === 'number') return x
  throw new TypeError('neither linear in normal latents nor conjugate')
}
