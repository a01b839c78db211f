/** Tells the parent process, whenever it asks, what this one uses: see Usage in server-process.ts. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  globalThis.gc?.();
  const { rss, heapUsed } = process.memoryUsage();
  process.send?.({ rss, heapUsed, cpu: user + system });
});
