import { DomainError } from '@variate/core'

/**
 * Colours for groups and series, told apart under the common colour vision deficiencies: the "bright"
 * scheme without its grey, then three of "muted", then a grey, darker than theirs to be seen on white. P. Tol, "Colour schemes", SRON/EPS/TN/09-002 (2021).
 *
 * Beside each, what text has instead: the same hue, darkened where white behind it leaves a contrast below
 * 4.5 : 1, the least for text in WCAG 2.2 (success criterion 1.4.3).
 */
const CATEGORIES = [
  { mark: '#4477aa', text: '#4477aa' },
  { mark: '#ee6677', text: '#c4364a' },
  { mark: '#228833', text: '#228833' },
  { mark: '#aa3377', text: '#aa3377' },
  { mark: '#ccbb44', text: '#7a6d0c' },
  { mark: '#66ccee', text: '#15748f' },
  { mark: '#332288', text: '#332288' },
  { mark: '#44aa99', text: '#21786a' },
  { mark: '#882255', text: '#882255' },
  { mark: '#777777', text: '#666666' },
] as const

/**
 * The colour that figures give group, component or series number `index`, as `#rrggbb`: for legends and
 * marks of a page's own. There are ten, which come again: 10 has the colour of 0, −1 that of 9.
 *
 * @throws DomainError if `index` is not a whole number.
 *
 * @example
 * ```ts
 * import { categoryColor } from '@variate/plot'
 *
 * categoryColor(1) // => '#ee6677'
 * ```
 */
export function categoryColor(index: number): string {
  return categoryAt(index).mark
}

/** The colour of text about the group or series at `index`, legible on white. */
export function categoryTextColor(index: number): string {
  return categoryAt(index).text
}

function categoryAt(index: number): (typeof CATEGORIES)[number] {
  if (!Number.isInteger(index)) {
    throw new DomainError(`categoryColor: index must be a whole number, got ${index}`)
  }
  const count = CATEGORIES.length
  return CATEGORIES[((index % count) + count) % count]!
}
