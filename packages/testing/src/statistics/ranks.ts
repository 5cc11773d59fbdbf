/** Ranks from 1, ties share their mean. */
export function ranks(xs: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from({ length: xs.length }, (_, i) => i).sort((a, b) => xs[a]! - xs[b]!)
  const out = new Float64Array(xs.length)
  for (let start = 0; start < order.length;) {
    let end = start + 1
    while (end < order.length && xs[order[end]!] === xs[order[start]!]) end++
    for (let i = start; i < end; i++) out[order[i]!] = (start + end + 1) / 2
    start = end
  }
  return out
}

/** Spearman's correlation times √n, standard normal for independent pairs; undefined if a side is constant. */
export function rankCorrelation(xs: ArrayLike<number>, ys: ArrayLike<number>): number | undefined {
  const [a, b] = [ranks(xs), ranks(ys)]
  const middle = (a.length + 1) / 2
  let [ab, aa, bb] = [0, 0, 0]
  for (let i = 0; i < a.length; i++) {
    const [da, db] = [a[i]! - middle, b[i]! - middle]
    ab += da * db
    aa += da * da
    bb += db * db
  }
  return aa === 0 || bb === 0 ? undefined : (ab / Math.sqrt(aa * bb)) * Math.sqrt(a.length)
}
