/** A bracket of JSON, or a text, with the colon that makes it a key. */
const TOKEN = /[[\]{}]|("(?:[^"\\]|\\.)*")(\s*:)?/g

/**
 * A key that an object in `json` has twice, at any depth; `JSON.parse` silently keeps the last.
 *
 * @param json must be valid JSON.
 */
export function duplicateKey(json: string): string | undefined {
  const enclosing: Set<string>[] = []
  for (const [token, text, colon] of json.matchAll(TOKEN)) {
    if (token === '{' || token === '[') enclosing.push(new Set())
    else if (token === '}' || token === ']') enclosing.pop()
    else if (colon !== undefined) {
      const key = JSON.parse(text!) as string
      const keys = enclosing.at(-1)!
      if (keys.has(key)) return key
      keys.add(key)
    }
  }
  return undefined
}
