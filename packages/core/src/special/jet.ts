/** A function of (a, b) and its partial derivatives of first and second order. */
export interface Jet {
  value: number
  a: number
  b: number
  aa: number
  ab: number
  bb: number
}
