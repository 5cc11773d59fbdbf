/** The look that all figures share: change it here; the colours of groups are in categoryColor.ts. */

/** Text and marks that matter. */
export const INK = '#1f2933'
/** Axis text and notes. */
export const MUTED = '#616e7c'
/** Grid lines and the frames of images. */
export const GRID = '#e4e7eb'
/** Behind everything, since a figure is also opened on its own, and on dark pages. */
export const BACKGROUND = '#ffffff'
/** Inside of what is observed, in graphs of models. */
export const OBSERVED = '#cbd2d9'
/** Surfaces under data: density regions. */
export const SHADE = '#52606d'

/** Present on most systems under one name or another; the last one is the SVG renderer's choice. */
export const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif'

/** Pixels. */
export const FONT_SIZE = { title: 16, text: 12 } as const

/** From the edge of the picture to text that is aligned with it, in pixels. */
export const PADDING = 16
