/** What a compiled function ran at its last call, and why. */
export interface Explanation {
  readonly engine: 'wasm' | 'eager'
  readonly reason: string
  /** Operations recorded, and those that the results need after equal ones and constants were folded. */
  readonly recorded: number
  readonly needed: number
  /** Operations that compiled code calls JavaScript for, by name. */
  readonly called: readonly string[]
  /** The bytes of code, and of memory for tensors. */
  readonly codeBytes: number
  readonly memoryBytes: number
}
