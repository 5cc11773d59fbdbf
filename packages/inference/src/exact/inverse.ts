/** The inverse of A (n×n, row-major) by elimination with pivots of rows; undefined where there is none. */
export function inverse(a: Float64Array, n: number): Float64Array | undefined {
  const left = Float64Array.from(a)
  const right = Float64Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 1 : 0))
  const row = (x: Float64Array, i: number): Float64Array => x.subarray(i * n, (i + 1) * n)
  for (let column = 0; column < n; column++) {
    let pivot = column
    for (let i = column + 1; i < n; i++)
      if (Math.abs(left[i * n + column]!) > Math.abs(left[pivot * n + column]!)) pivot = i
    const value = left[pivot * n + column]!
    if (value === 0 || !Number.isFinite(value)) return undefined
    for (const x of [left, right]) {
      const swapped = row(x, pivot).slice()
      row(x, pivot).set(row(x, column))
      row(x, column).set(swapped.map((one) => one / value))
    }
    for (let i = 0; i < n; i++) {
      const factor = left[i * n + column]!
      if (i === column || factor === 0) continue
      for (const x of [left, right]) {
        const from = row(x, column)
        const to = row(x, i)
        for (let j = 0; j < n; j++) to[j]! -= factor * from[j]!
      }
    }
  }
  return right
}
