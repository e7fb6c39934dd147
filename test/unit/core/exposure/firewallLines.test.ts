import assert from 'node:assert/strict';

import { firewallLines } from '../../../../src/core/exposure/firewallLines.ts';

const wish = { ports: [8080, 50051], tailnetInterface: 'tailscale0' };

describe('firewallLines', () => {
  it('has those that the platform can have', () => {
    const names = (platform: string) => firewallLines(platform, wish).map(({ name }) => name);
    assert.deepEqual(names('linux'), ['nftables', 'ufw']);
    assert.deepEqual(names('darwin'), ['pf']);
    assert.deepEqual(names('win32'), ['Windows Firewall']);
    assert.deepEqual(names('aix'), []);
  });

  it('names the ports and the interface of the tailnet', () => {
    assert.deepEqual(
      firewallLines('linux', wish).map(({ lines }) => lines),
      [
        [
          'table inet clawql',
          'delete table inet clawql',
          'table inet clawql {',
          '  chain input {',
          '    type filter hook input priority -10; policy accept;',
          '    iifname != { "lo", "tailscale0" } tcp dport { 8080, 50051 } drop',
          '  }',
          '}',
        ],
        [
          'sudo ufw prepend deny proto tcp to any port 8080,50051',
          'sudo ufw prepend allow in on tailscale0 proto tcp to any port 8080,50051',
        ],
      ],
    );
    assert.deepEqual(firewallLines('darwin', { ...wish, tailnetInterface: 'utun4' })[0]?.lines, [
      'pass in quick on lo0 proto tcp from any to any port { 8080, 50051 }',
      'pass in quick on utun4 proto tcp from any to any port { 8080, 50051 }',
      'block drop in quick proto tcp from any to any port { 8080, 50051 }',
    ]);
    assert.match(
      firewallLines('win32', { ports: [8080], tailnetInterface: "Anna's net" })[0]?.lines.join('\n') ?? '',
      /Name -ne 'Anna''s net'\)\.Name\nNew-NetFirewallRule .* -LocalPort 8080 -InterfaceAlias \$others$/,
    );
  });

  it('takes the usual interface where the tailnet has none now, and says where there is no usual one', () => {
    const [nftables, ufw] = firewallLines('linux', { ports: [8080] });
    assert.ok(nftables?.lines.includes('    iifname != { "lo", "tailscale0" } tcp dport { 8080 } drop'));
    assert.equal(ufw?.lines[1], 'sudo ufw prepend allow in on tailscale0 proto tcp to any port 8080');
    const [pf] = firewallLines('darwin', { ports: [8080] });
    assert.equal(pf?.lines.length, 2);
    assert.match(pf.note, /only loopback is let through\.$/);
  });

  it('says how each is taken back', () => {
    const back = ['linux', 'darwin', 'win32'].flatMap((one) =>
      firewallLines(one, wish).map(({ takeBack }) => takeBack),
    );
    assert.deepEqual(back, [
      'sudo nft delete table inet clawql',
      'sudo ufw delete allow in on tailscale0 proto tcp to any port 8080,50051 && sudo ufw delete deny proto tcp to any port 8080,50051',
      'sudo pfctl -a com.apple/clawql -F rules',
      "Remove-NetFirewallRule -DisplayName 'ClawQL outside the tailnet'",
    ]);
  });
});
