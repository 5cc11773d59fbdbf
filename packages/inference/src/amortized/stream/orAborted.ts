/** What a promise gives, or nothing where the signal comes before: what is waited for may never come. */
export async function orAborted<Result>(
  promise: Promise<Result>,
  signal: AbortSignal | undefined,
): Promise<Result | undefined> {
  if (!signal) return promise
  let leave = (): void => {}
  const aborted = new Promise<undefined>((resolve) => {
    leave = () => resolve(undefined)
    if (signal.aborted) leave()
    else signal.addEventListener('abort', leave)
  })
  try {
    return await Promise.race([promise, aborted])
  } finally {
    signal.removeEventListener('abort', leave)
  }
}
