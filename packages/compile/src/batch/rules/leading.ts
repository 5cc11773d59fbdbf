import { where } from '@variate/core/ops'
import { aligned, elementShape } from '../batched.ts'
import { run, type Rule } from '../rule.ts'

/**
 * The rule of a kernel whose inputs broadcast but for the last axes, as many of each as `ranks` says: those of the batch
 * are as many for all of them once axes of length 1 are put in.
 */
const leading =
  (...ranks: readonly number[]): Rule =>
  (node, inputs) => {
    const own = (at: number): number => ranks[at] ?? 0
    const batch = Math.max(...inputs.map((x, at) => elementShape(x).length - own(at)))
    return run(
      node,
      inputs.map((x, at) => aligned(x, batch + own(at))),
    )
  }

/** The rule of kernels of each element: all axes broadcast. */
export const elementwise: Rule = /* @__PURE__ */ leading()

/** Kernels whose inputs broadcast along all axes, or along leading ones. */
export const LEADING: Readonly<Record<string, Rule>> = {
  cast: elementwise,
  cholesky: /* @__PURE__ */ leading(2),
  choleskyGradient: /* @__PURE__ */ leading(2, 2),
  diag: /* @__PURE__ */ leading(1),
  diagPart: /* @__PURE__ */ leading(2),
  isPositiveDefinite: /* @__PURE__ */ leading(2),
  linearRecurrence: /* @__PURE__ */ leading(1, 1),
  logDeterminant: /* @__PURE__ */ leading(2),
  // Sums of terms over the last axis, along which inputs broadcast, too.
  logGammaTerms: elementwise,
  logGumbelSoftmax: elementwise,
  logPoissonTerms: elementwise,
  pick: /* @__PURE__ */ leading(1, 0),
  searchSorted: /* @__PURE__ */ leading(1, 0),
  solvePositive: /* @__PURE__ */ leading(2, 2),
  squaredMahalanobis: /* @__PURE__ */ leading(2, 1),
  triangle: /* @__PURE__ */ leading(2),
  triangularSolve: /* @__PURE__ */ leading(2, 2),
  // The kernel takes equal shapes, the op broadcasts.
  where: (_, inputs) => {
    const [condition, a, b] = inputs.map((x) => x.tensor)
    return where(condition!, a!, b!)
  },
}
