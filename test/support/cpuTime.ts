/**
 * What a piece of work costs in processor time of this process, in milliseconds, 0 or more: unlike the time on the clock it does not
 * grow when other programs want the processor too, so that a bar on it tells a wrong order of growth and nothing else.
 */
export function cpuTime(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
