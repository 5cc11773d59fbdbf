/** Does what it is given when all before it has ended, however that did. */
export type Turns = <T>(f: () => Promise<T>) => Promise<T>

/** One thing after the other, in the order in which they come. */
export function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve()
  return (f) => {
    const next = last.then(f)
    last = next.catch(() => {})
    return next
  }
}
