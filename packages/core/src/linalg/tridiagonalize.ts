/** A = V·T·Vᵀ with T symmetric tridiagonal. */
export interface Tridiagonal {
  /** V, orthogonal, n×n, row-major. */
  readonly vectors: Float64Array
  readonly diagonal: Float64Array
  /** T[i, i+1] at i; the last element is 0. */
  readonly offDiagonal: Float64Array
}

/**
 * Reduces a symmetric matrix (n×n, row-major; the lower triangle is read, all of it overwritten) to
 * tridiagonal form by n − 2 Householder reflections H = I − β·u·uᵀ.
 * Golub & Van Loan, Matrix Computations (4th ed.), algorithm 8.3.1.
 */
export function tridiagonalize(a: Float64Array, n: number): Tridiagonal {
  mirror(a, n)
  const vectors = identity(n)
  const offDiagonal = new Float64Array(n)
  const u = new Float64Array(n)
  const p = new Float64Array(n)
  for (let k = 0; k < n - 1; k++) {
    const { beta, reflected } = householder(a, n, k, u)
    offDiagonal[k] = reflected
    if (beta === 0) continue
    reflectBothSides(a, n, k + 1, u, beta, p)
    reflectFromTheRight(vectors, n, k + 1, u, beta)
  }
  return { vectors, diagonal: Float64Array.from({ length: n }, (_, i) => a[i * n + i]!), offDiagonal }
}

/** u and β such that (I − β·u·uᵀ) maps column k below the diagonal onto a multiple of the first axis. */
function householder(
  a: Float64Array,
  n: number,
  k: number,
  u: Float64Array,
): { beta: number; reflected: number } {
  let scale = 0
  for (let i = k + 2; i < n; i++) scale = Math.max(scale, Math.abs(a[i * n + k]!))
  const head = a[(k + 1) * n + k]!
  if (scale === 0) return { beta: 0, reflected: head }
  scale = Math.max(scale, Math.abs(head))
  let norm = 0
  for (let i = k + 1; i < n; i++) {
    u[i] = a[i * n + k]! / scale
    norm += u[i]! * u[i]!
  }
  norm = Math.sqrt(norm)
  const sign = u[k + 1]! > 0 ? -1 : 1
  const first = u[k + 1]! - sign * norm
  u[k + 1] = first
  return { beta: -1 / (sign * norm * first), reflected: sign * norm * scale }
}

/** A ← H·A·H on the rows and columns from `start`: a rank-two update, A − u·wᵀ − w·uᵀ. */
function reflectBothSides(
  a: Float64Array,
  n: number,
  start: number,
  u: Float64Array,
  beta: number,
  w: Float64Array,
): void {
  let dot = 0
  for (let i = start; i < n; i++) {
    let sum = 0
    for (let j = start; j < n; j++) sum += a[i * n + j]! * u[j]!
    w[i] = beta * sum
    dot += w[i]! * u[i]!
  }
  const half = (beta * dot) / 2
  for (let i = start; i < n; i++) w[i] = w[i]! - half * u[i]!
  for (let i = start; i < n; i++) {
    for (let j = start; j < n; j++) a[i * n + j] = a[i * n + j]! - u[i]! * w[j]! - w[i]! * u[j]!
  }
}

function reflectFromTheRight(v: Float64Array, n: number, start: number, u: Float64Array, beta: number): void {
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = start; j < n; j++) sum += v[i * n + j]! * u[j]!
    for (let j = start; j < n; j++) v[i * n + j] = v[i * n + j]! - beta * sum * u[j]!
  }
}

function mirror(a: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let j = 0; j < i; j++) a[j * n + i] = a[i * n + j]!
}

function identity(n: number): Float64Array {
  const eye = new Float64Array(n * n)
  for (let i = 0; i < n; i++) eye[i * n + i] = 1
  return eye
}
