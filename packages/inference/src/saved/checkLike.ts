import { FormatError, NdArray } from '@variate/core'

/**
 * @param like what the model, with these data and options, would have.
 * @param path what the tree is called.
 * @param cause what is different, if it is not of the structure of `like`.
 * @throws FormatError where trees of arrays are not of the same structure and shapes.
 */
export function checkLike(own: unknown, like: unknown, path: string, cause: string, who: string): void {
  const wrong = (what: string): FormatError => new FormatError(`${who}: ${path} ${what}: ${cause}`)
  if (like instanceof NdArray) {
    if (!(own instanceof NdArray)) throw wrong('is no array')
    if (String(own.shape) !== String(like.shape))
      throw wrong(`has shape [${own.shape}], expected [${like.shape}]`)
    return
  }
  const [names, known] = [own, like].map((x) =>
    typeof x === 'object' && x !== null ? Object.keys(x).sort() : [],
  )
  if (String(names) !== String(known)) throw wrong(`holds ${String(names)}, expected ${String(known)}`)
  for (const name of known!) {
    const [item, expected] = [own, like].map((x) => (x as Readonly<Record<string, unknown>>)[name])
    checkLike(item, expected, `${path}.${name}`, cause, who)
  }
}
