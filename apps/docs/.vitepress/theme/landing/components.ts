import { categoryColor } from '@variate/plot'
import { COMPONENTS } from './demo.ts'

/** Red, green and blue of each component's colour: those of the figures. */
const COLOURS: readonly (readonly number[])[] = Array.from({ length: Math.max(...COMPONENTS) }, (_, k) =>
  [1, 3, 5].map((from) => Number.parseInt(categoryColor(k).slice(from, from + 2), 16)),
)

/** The components' colours in the proportions of a point's responsibilities, which sum to 1. */
export function mixed(responsibility: (k: number) => number): string {
  const channels = [0, 1, 2].map((channel) =>
    COLOURS.reduce((sum, colour, k) => sum + (responsibility(k) || 0) * colour[channel]!, 0),
  )
  return `rgb(${channels.map(Math.round).join(',')})`
}
