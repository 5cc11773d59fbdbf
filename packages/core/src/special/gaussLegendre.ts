const COUNT = 32

const RULE = /* @__PURE__ */ Array.from({ length: COUNT }, (_, i) => legendreRoot(i))

/** Nodes of the Gauss–Legendre rule of 32 points on [0, 1] (DLMF 3.5.15), symmetric about ½. */
export const NODES: readonly number[] = /* @__PURE__ */ RULE.map(([node]) => node)
/** The weights of `NODES`; they sum to 1. */
export const WEIGHTS: readonly number[] = /* @__PURE__ */ RULE.map(([, weight]) => weight)

/**
 * The i-th root y of the Legendre polynomial of 1 − 2y, and its weight: by Newton's method, from differences of the
 * polynomials, which keep the digits of small y. Of additions and multiplications alone, so that all engines have the same
 * bits.
 */
function legendreRoot(i: number): readonly [node: number, weight: number] {
  if (i >= COUNT / 2) {
    const [node, weight] = legendreRoot(COUNT - 1 - i)
    return [1 - node, weight]
  }
  const angle = (Math.PI * (i + 0.75)) / (2 * COUNT + 1)
  const square = angle * angle
  // sin² of the angle, nearly.
  let y = square * (1 - square * (1 / 3 - square * (2 / 45 - square / 315)))
  let before = 1
  for (let step = 0; step < 5; step++) {
    let [p, difference] = [1, 0]
    for (let k = 0; k < COUNT; k++) {
      before = p
      difference = (k * difference - 2 * (2 * k + 1) * y * p) / (k + 1)
      p += difference
    }
    y -= (2 * y * (1 - y) * p) / (COUNT * ((1 - 2 * y) * p - before))
  }
  const slope = COUNT * before
  return [y, (4 * y * (1 - y)) / (slope * slope)]
}
