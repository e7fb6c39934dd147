import assert from 'node:assert/strict';
import { zoneText } from '../../../../src/core/help/zoneText.ts';
import { zoneOf } from '../../../../src/core/tailnet/zoneOf.ts';
import { evidence, managed } from '../tailnet/zoneWorld.ts';

const said: Readonly<Record<string, string>> = {
  localhost: 'That is the machine itself on which it is read.',
  'clawql-1.tail1a2b3.ts.net': 'That is clawql-1, a node of the tailnet.',
  '100.101.102.103': 'That is this machine, by its place in the tailnet.',
  'shared.tailffff.ts.net': 'That is shared, a node of the tailnet that bob@example.org shares with it.',
  'clawql.tail1a2b3.ts.net': 'That is the Tailscale Service svc:clawql.',
  'grafana.corp.test': 'That is clawql-1, a node of the tailnet.',
  'both.corp.test': 'That is clawql-1, a node of the tailnet, and has the public address 8.8.8.8 too.',
  'typo.tail1a2b3.ts.net':
    'That has the form of a name or an address in the tailnet, but nothing that is visible there has it.',
  'box.tail9z9z9.ts.net': 'That belongs to the tailnet bob@example.org, in which this machine is not now.',
  '192.168.77.9': 'That lies in a network behind router, which routes it into the tailnet.',
  'tika.docs.svc.cluster.local':
    'That is a name of a cluster or of a container network, which means something inside of it only.',
  '192.168.1.5': 'That is in a local network, outside of the tailnet.',
  '8.8.8.8': 'That is on the public internet.',
  'api.github.com': 'That is on the public internet: it resolves to 140.82.121.6.',
  'never.asked.test': 'Where that lies is not known.',
};

describe('zoneText', () => {
  for (const [host, text] of Object.entries(said)) {
    it(`of ${host}`, () => assert.equal(zoneText(zoneOf(host, evidence(managed))), text));
  }
});
