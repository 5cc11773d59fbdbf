/**
 * Resolves after other work that waits has had its turn: timers, events, a page's frame. A message channel
 * is used since browsers hold nested timeouts back by 4 ms.
 */
export function pause(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
