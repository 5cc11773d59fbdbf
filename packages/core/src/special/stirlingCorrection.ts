/**
 * δ(x) = lgamma(x) − [(x − ½)·log x − x + ½·log 2π] for x ≥ 10: Stirling's series, DLMF 5.11.1, whose first
 * term left out is below 2e-18 there. The same δ completes log x! = (x + ½)·log x − x + ½·log 2π + δ(x).
 */
export function stirlingCorrection(x: number): number {
  const t = 1 / (x * x)
  const tail =
    -0.0005952380952380953 +
    t *
      (0.0008417508417508417 +
        t *
          (-0.0019175269175269176 +
            t * (0.00641025641025641 + t * (-0.029550653594771242 + t * 0.17964437236883057))))
  return (0.08333333333333333 + t * (-0.002777777777777778 + t * (0.0007936507936507937 + t * tail))) / x
}
