/** Each fault is tried on so many-th of the distributions, and on all with CONFORMANCE=full: what it proves is of the law. */
const EVERY = 4

/** Whether a fault is built into a distribution in this run. Which ones is settled by their names. */
export function isTriedOn(distribution: string, fault: { readonly name: string }): boolean {
  if (process.env['CONFORMANCE'] === 'full') return true
  const letters = [...`${distribution} ${fault.name}`]
  return letters.reduce((sum, letter) => (31 * sum + letter.codePointAt(0)!) % 65_521, 7) % EVERY === 0
}
