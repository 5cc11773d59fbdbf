import type { Constraint } from './constraint.ts'

/** Vectors of log weights up to a constant, −Infinity for what is impossible, which not all of them may be. */
export const categoryLogits: Constraint = /* @__PURE__ */ Object.freeze({
  name: 'categoryLogits',
  description: 'finite or -Infinity, and not all -Infinity',
  eventRank: 1,
  isDiscrete: false,
  violation: (event: ArrayLike<number>) => {
    let largest = -Infinity
    for (let i = 0; i < event.length; i++) {
      if (!(event[i]! < Infinity)) return `${event[i]} in entry ${i}`
      largest = Math.max(largest, event[i]!)
    }
    return largest === -Infinity ? 'no other entry' : undefined
  },
  outside: () => undefined,
  inside: () => 0,
} satisfies Constraint)
