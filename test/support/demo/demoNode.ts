/** A machine of a tailnet that `demoStatus` describes. */
export interface DemoNode {
  /** Its host name, which is the first label of its MagicDNS name too. */
  readonly name: string;
  /** 1 to 65,534, another one for each machine: its ids and addresses are made of it. */
  readonly number: number;
  readonly os: 'linux' | 'macOS' | 'windows' | 'iOS' | 'android';
  /** A machine without tags belongs to the user. */
  readonly tags?: readonly string[];
  /** RFC 3339 time since when it is offline; absent while it is online. */
  readonly offlineSince?: string;
}

/** The addresses of a machine, IPv4 first, out of the ranges that Tailscale gives. */
export function addressesOf({ number }: DemoNode): readonly [string, string] {
  return [`100.90.${number >> 8}.${number & 255}`, `fd7a:115c:a1e0::5a01:${number.toString(16)}`];
}
