/** The colours of components: legible on white and on black, told apart by most eyes (P. Tol's "bright"). */
const COLOURS: readonly (readonly [number, number, number])[] = [
  [0x44, 0x77, 0xaa],
  [0xee, 0x66, 0x77],
  [0x22, 0x88, 0x33],
  [0xcc, 0xbb, 0x44],
  [0xaa, 0x33, 0x77],
]

/** The colour of component k. */
export function colourOf(k: number): string {
  return mixed((index) => (index === k ? 1 : 0))
}

/** The components' colours in the proportions of a point's responsibilities, which sum to 1. */
export function mixed(responsibility: (k: number) => number): string {
  const channels = [0, 1, 2].map((channel) =>
    COLOURS.reduce((sum, colour, k) => sum + (responsibility(k) || 0) * colour[channel]!, 0),
  )
  return `rgb(${channels.map(Math.round).join(',')})`
}
