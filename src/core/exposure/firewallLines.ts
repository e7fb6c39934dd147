/** Lines that close ports for all but loopback and the tailnet, for one kind of firewall. */
export interface FirewallLines {
  readonly name: string;
  /** What to do with the lines, and what they do not cover. */
  readonly note: string;
  readonly lines: readonly string[];
  /** A command that puts them in force, where the lines are a file's. */
  readonly apply?: string;
  readonly takeBack: string;
}

export interface FirewallWish {
  readonly ports: readonly number[];
  /** The interface of the tailnet; absent where it has none now. */
  readonly tailnetInterface?: string;
}

/** The firewalls that a platform, as Node names it, can have; none for one of which nothing is known here. */
export function firewallLines(platform: string, wish: FirewallWish): readonly FirewallLines[] {
  switch (platform) {
    case 'linux':
      return [nftables(wish), ufw(wish)];
    case 'darwin':
      return [pf(wish)];
    case 'win32':
      return [windows(wish)];
    default:
      return [];
  }
}

/** What Tailscale calls its interface unless it is told otherwise. Source: tailscale `cmd/tailscaled/tailscaled.go` (defaultTunName). */
const onLinux = 'tailscale0';
const onWindows = 'Tailscale';

/**
 * A table of its own, which is replaced when it is there. What one chain accepts, others still see; what it drops is gone. A connection of
 * the machine to an address of its own comes in by `lo`.
 */
export function nftables({ ports, tailnetInterface = onLinux }: FirewallWish): FirewallLines {
  return {
    name: 'nftables',
    note: 'Save the lines as /etc/clawql.nft. They hold until the next start of the machine: include the file in /etc/nftables.conf to keep them. A port that Docker publishes does not come by here: publish it at 127.0.0.1.',
    lines: [
      'table inet clawql',
      'delete table inet clawql',
      'table inet clawql {',
      '  chain input {',
      '    type filter hook input priority -10; policy accept;',
      `    iifname != { "lo", "${tailnetInterface}" } tcp dport { ${ports.join(', ')} } drop`,
      '  }',
      '}',
    ],
    apply: 'sudo nft -f /etc/clawql.nft',
    takeBack: 'sudo nft delete table inet clawql',
  };
}

/** The last line comes first in ufw's list; loopback is let through before all of them. */
function ufw({ ports, tailnetInterface = onLinux }: FirewallWish): FirewallLines {
  const list = ports.join(',');
  const deny = `deny proto tcp to any port ${list}`;
  const allow = `allow in on ${tailnetInterface} proto tcp to any port ${list}`;
  return {
    name: 'ufw',
    note: 'They hold where "sudo ufw status" says active. A port that Docker publishes does not come by here: publish it at 127.0.0.1.',
    lines: [deny, allow].map((rule) => `sudo ufw prepend ${rule}`),
    takeBack: [allow, deny].map((rule) => `sudo ufw delete ${rule}`).join(' && '),
  };
}

/** An anchor below the one that macOS has in its own rules. */
function pf({ ports, tailnetInterface }: FirewallWish): FirewallLines {
  const list = `{ ${ports.join(', ')} }`;
  const interfaces = ['lo0', ...(tailnetInterface === undefined ? [] : [tailnetInterface])];
  const lacking =
    tailnetInterface === undefined ? ' Tailscale has no interface here now, so that only loopback is let through.' : '';
  return {
    name: 'pf',
    note: `Save the lines as /etc/pf.anchors/clawql. They hold until the next start of the machine, and as long as Tailscale has the same interface: check again after it was started anew.${lacking}`,
    lines: [
      ...interfaces.map((name) => `pass in quick on ${name} proto tcp from any to any port ${list}`),
      `block drop in quick proto tcp from any to any port ${list}`,
    ],
    apply: 'sudo pfctl -a com.apple/clawql -f /etc/pf.anchors/clawql && sudo pfctl -E',
    takeBack: 'sudo pfctl -a com.apple/clawql -F rules',
  };
}

/** A rule that blocks wins over one that allows, so it names the adapters. Loopback does not come by Windows' firewall. */
function windows({ ports, tailnetInterface = onWindows }: FirewallWish): FirewallLines {
  const name = "'ClawQL outside the tailnet'";
  // As PowerShell writes a quotation mark within quotation marks.
  const adapter = tailnetInterface.replaceAll("'", "''");
  return {
    name: 'Windows Firewall',
    note: 'For PowerShell as administrator. An adapter that comes later is not covered: take the rule back and run the lines again.',
    lines: [
      `$others = (Get-NetAdapter -IncludeHidden | Where-Object Name -ne '${adapter}').Name`,
      `New-NetFirewallRule -DisplayName ${name} -Direction Inbound -Action Block -Protocol TCP -LocalPort ${ports.join(',')} -InterfaceAlias $others`,
    ],
    takeBack: `Remove-NetFirewallRule -DisplayName ${name}`,
  };
}
