/** The look that all figures share: change it here. */

/** Text and marks that matter. */
export const INK = '#1f2933'
/** Axis text and notes. */
export const MUTED = '#616e7c'
/** Grid lines and the frames of images. */
export const GRID = '#e4e7eb'
/** Behind everything, since a figure is also opened on its own, and on dark pages. */
export const BACKGROUND = '#ffffff'
/** Surfaces under data: density regions. */
export const SHADE = '#52606d'

/** Present on most systems under one name or another; the last one is the SVG renderer's choice. */
export const FONT_FAMILY =
  'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, "Liberation Sans", "DejaVu Sans", sans-serif'

/** Pixels. */
export const FONT_SIZE = { title: 16, text: 12 } as const

/** From the edge of the picture to text that is aligned with it, in pixels. */
export const PADDING = 16

/**
 * Colours for groups and series, told apart under the common colour vision deficiencies: the "bright"
 * scheme without its grey, then three of "muted". P. Tol, "Colour schemes", SRON/EPS/TN/09-002 (2021).
 */
const CATEGORIES = [
  '#4477aa',
  '#ee6677',
  '#228833',
  '#aa3377',
  '#ccbb44',
  '#66ccee',
  '#332288',
  '#44aa99',
  '#882255',
] as const

/** The colour of the group or series at `index`; after nine they come again. */
export function categoryColor(index: number): string {
  return CATEGORIES[index % CATEGORIES.length]!
}
