/** A value that is made when it is first asked for. */
export function once<Of>(make: () => Of): () => Of {
  let made: { readonly value: Of } | undefined
  return () => (made ??= { value: make() }).value
}
