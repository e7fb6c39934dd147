import assert from 'node:assert/strict';
import { networkInterfaces, type NetworkInterfaceInfo } from 'node:os';

import { countInterfaces } from '../../../../src/node/examiner/networkInterfaces.ts';

const own = ['100.90.0.1', 'fd7a:115c:a1e0::5a01:1'];

function address(text: string, internal = false): NetworkInterfaceInfo {
  const shared = { address: text, internal, mac: '00:00:00:00:00:00', netmask: '', cidr: null };
  return text.includes(':') ? { ...shared, family: 'IPv6', scopeid: 0 } : { ...shared, family: 'IPv4' };
}

const loopback = { lo: [address('127.0.0.1', true), address('::1', true)] };
const tailnet = { tailscale0: [address('100.90.0.1'), address('fd7a:115c:a1e0:0:0:0:5a01:1'), address('fe80::1')] };

describe('countInterfaces', () => {
  it('counts those that have an address', () => {
    const interfaces = { eth0: [address('10.0.0.7'), address('fe80::2')], wlan0: [address('2001:db8::7')] };
    assert.equal(countInterfaces(own, { ...loopback, ...tailnet, ...interfaces }), 2);
  });

  it("counts neither the loopback nor the tailnet's, however the address is written", () => {
    assert.equal(countInterfaces(own, loopback), 0);
    assert.equal(countInterfaces(own, { ...loopback, ...tailnet }), 0);
    assert.equal(countInterfaces(own, { tun0: [address('fd7a:115c:a1e0:0:0:0:5a01:1')] }), 0);
  });

  it('does not count one with no other address than what it gave itself', () => {
    assert.equal(countInterfaces(own, { eth0: [address('fe80::2'), address('169.254.3.4')], none: [] }), 0);
  });

  it('counts none that leads only to what runs on this machine', () => {
    for (const name of [
      'docker0',
      'podman0',
      'br-0a1b2c3d4e5f',
      'veth12ab34c',
      'virbr0',
      'vmnet8',
      'vboxnet0',
      'VMware Network Adapter VMnet8',
      'VirtualBox Host-Only Network',
      'vEthernet (Default Switch)',
      'vEthernet (WSL (Hyper-V firewall))',
    ])
      assert.equal(countInterfaces(own, { ...loopback, [name]: [address('172.17.0.1')] }), 0, name);
    for (const name of ['br0', 'br-lan', 'bridge0', 'vEthernet (External Switch)', 'Ethernet'])
      assert.equal(countInterfaces(own, { ...loopback, [name]: [address('192.168.1.7')] }), 1, name);
  });

  it("counts another network in the tailnet's range", () => {
    assert.equal(countInterfaces(own, { cgnat: [address('100.90.0.2')] }), 1);
    assert.equal(countInterfaces([], tailnet), 1);
  });

  it('counts those of this machine', () => {
    const usable = Object.values(networkInterfaces()).filter((all = []) => all.some(({ internal }) => !internal));
    assert.ok(countInterfaces([]) <= usable.length);
  });
});
