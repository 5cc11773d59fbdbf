/** One component of a mixture of digits: what lies in it. */
export interface DigitCluster {
  readonly component: number
  readonly images: number
  /** Of each digit that occurs, the most frequent first. */
  readonly digits: readonly { readonly digit: number; readonly count: number }[]
}

/**
 * What each component holds, by its most frequent digit.
 *
 * @param components which component each image lies in.
 * @param digits what each image shows.
 */
export function digitClusters(components: ArrayLike<number>, digits: ArrayLike<number>): DigitCluster[] {
  const counts = new Map<number, Map<number, number>>()
  for (let i = 0; i < components.length; i++) {
    const found = counts.get(components[i]!) ?? new Map<number, number>()
    found.set(digits[i]!, (found.get(digits[i]!) ?? 0) + 1)
    counts.set(components[i]!, found)
  }
  const clusters = Array.from(counts, ([component, found]) => ({
    component,
    images: Array.from(found.values()).reduce((sum, count) => sum + count, 0),
    digits: Array.from(found, ([digit, count]) => ({ digit, count })).toSorted(
      (a, b) => b.count - a.count || a.digit - b.digit,
    ),
  }))
  return clusters.toSorted((a, b) => a.digits[0]!.digit - b.digits[0]!.digit || b.images - a.images)
}

/** The share of the images that show the most frequent digit of their component. */
export function purity(clusters: readonly DigitCluster[]): number {
  const images = clusters.reduce((sum, cluster) => sum + cluster.images, 0)
  return clusters.reduce((sum, cluster) => sum + cluster.digits[0]!.count, 0) / images
}
