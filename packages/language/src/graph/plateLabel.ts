import type { GraphPlate } from './graph.ts'

/** What stands in the corner of a plate: its name and size, the first and last step of a chain. */
export function plateLabel({ name, size, isChain }: GraphPlate): string {
  return isChain ? `${name} (1, …, ${size})` : `${name} (${size})`
}
