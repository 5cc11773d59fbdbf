/** What a record has under a name of its own: sites may be called `constructor`, which every object has. */
export function entryOf<Entry>(record: Readonly<Record<string, Entry>>, name: string): Entry | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
