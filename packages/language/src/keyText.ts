/** A name as the key of a record in code: in quotes where it must be. */
export function keyText(name: string): string {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name)
    ? name
    : `'${name.replaceAll("'", String.raw`\'`)}'`
}
