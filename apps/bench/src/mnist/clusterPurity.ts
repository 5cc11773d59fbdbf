/** The share of observations whose cluster is mostly of their class. */
export function clusterPurity(clusters: ArrayLike<number>, classes: ArrayLike<number>): number {
  const tables = new Map<number, Map<number, number>>()
  for (let i = 0; i < clusters.length; i++) {
    const table = tables.get(clusters[i]!) ?? new Map<number, number>()
    tables.set(clusters[i]!, table.set(classes[i]!, (table.get(classes[i]!) ?? 0) + 1))
  }
  let agreeing = 0
  for (const table of tables.values()) agreeing += Math.max(...table.values())
  return agreeing / clusters.length
}
