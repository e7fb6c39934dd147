/** Ports from `first` to `last`, both included; 0 to 65535 are all of them, and those of protocols without ports. */
export interface PortRange {
  readonly first: number;
  readonly last: number;
}

const allPorts: PortRange = { first: 0, last: 65535 };

/** Reads `*`, `443`, `80-90` or `22,443`. Undefined for anything else. Source: headscale `hscontrol/policy/v2/utils.go` (parsePortRange). */
export function parsePorts(text: string): readonly PortRange[] | undefined {
  if (text === '*') return [allPorts];
  const ranges = text.split(',').map(parseRange);
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

export function includesPort(ranges: readonly PortRange[], port: number): boolean {
  return ranges.some(({ first, last }) => first <= port && port <= last);
}

export function isEveryPort(ranges: readonly PortRange[]): boolean {
  return ranges.some(({ first, last }) => first <= 1 && last === allPorts.last);
}

function parseRange(text: string): PortRange | undefined {
  const [, from, to = from] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? [];
  const [first, last] = [Number(from), Number(to)];
  const isSingle = !text.includes('-');
  const isValid = from !== undefined && first <= last && last <= allPorts.last && (first > 0 || !isSingle);
  return isValid ? { first, last } : undefined;
}
