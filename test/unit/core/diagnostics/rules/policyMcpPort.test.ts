import assert from 'node:assert/strict';
import { fixAll } from '../../../../../src/core/diagnostics/fixAll.ts';
import { answered, host, node, report, settings } from '../../../support/builders.ts';
import { ofRule, oneHost, twoHosts, type World } from '../world.ts';

const { briefly, fixesOf, onlyProblem, problemsOf } = ofRule('policy-mcp-port');

const path = '/w/policy.hujson';
const acl = (dst: string, more = ''): string =>
  `{\r\n\t// ours\r\n\t"tagOwners": {"tag:clawql-mcp":["group:ops"]},\r\n\t"acls": [\r\n\t\t{"action": "accept", ${more}"src": ["*"],\r\n\t\t "dst": ["nas:22", "${dst}"]}, // end\r\n\t],\r\n}`;
const grant = (dst: string, ip: string): string =>
  `{ "tagOwners": { "tag:clawql-mcp": [] }, "grants": [{ "src": ["*"], "dst": ["${dst}"], "ip": [${ip}] }] }`;

/** One host behind Serve, one at a port of its own. */
const clawql1 = node('clawql-1');
const clawql2 = node('clawql-2');
const apart: World = {
  peers: [clawql1, clawql2],
  snapshot: {
    hosts: [
      report(host(clawql1), [answered(`https://${clawql1.name}/mcp`)]),
      report(host(clawql2, [`http://${clawql2.name}:9000/mcp`]), [answered(`http://${clawql2.name}:9000/mcp`)]),
    ],
  },
};

describe('policy-mcp-port', () => {
  it('finds the port that is missing', () => {
    for (const dst of ['tag:clawql-mcp:443', 'tag:clawql-mcp:443,50051', 'tag:clawql-mcp:1-8079']) {
      assert.deepEqual(briefly(path, acl(dst), oneHost), [`policy-mcp-port warning ${dst}`], dst);
    }
    assert.deepEqual(briefly(path, grant('tag:clawql-mcp', '"tcp:443"'), oneHost), [
      'policy-mcp-port warning tag:clawql-mcp',
    ]);
  });

  it('finds a tag to which nothing leads but ICMP or UDP, where it is defined', () => {
    for (const proto of ['icmp', 'udp']) {
      const text = acl('tag:clawql-mcp:*', `"proto": "${proto}", `);
      assert.deepEqual(
        briefly(path, text.replace('"nas:22", ', ''), oneHost),
        ['policy-mcp-port warning tag:clawql-mcp'],
        proto,
      );
    }
    assert.deepEqual(briefly(path, '{ "tagOwners": { "tag:clawql-mcp": [] }, "acls": [] }', oneHost), [
      'policy-mcp-port warning tag:clawql-mcp',
    ]);
  });

  it('finds each host that cannot be reached, by its own port', () => {
    assert.equal(
      onlyProblem(path, acl('tag:clawql-mcp:443'), apart).message,
      'With this policy nobody reaches clawql-2: ClawQL answers there at port 9000, which no rule opens to tag:clawql-mcp. Add the port to the rule of its users.',
    );
    assert.match(
      onlyProblem(path, acl('tag:clawql-mcp:22'), apart).message,
      / nobody reaches clawql-1, clawql-2: ClawQL answers there at port 443, 9000, /,
    );
    assert.deepEqual(briefly(path, acl('tag:clawql-mcp:443,9000'), apart), []);
  });

  it('goes by the settings where no host has answered', () => {
    const world: World = { peers: [clawql1], snapshot: { settings: settings({ ports: [443, 8443] }) } };
    assert.deepEqual(briefly(path, acl('tag:clawql-mcp:8443'), world), []);
    assert.match(
      onlyProblem(path, acl('tag:clawql-mcp:8080'), world).message,
      /\(443, 8443, from clawql\.ports\) is open to/,
    );
    assert.deepEqual(fixesOf(path, acl('tag:clawql-mcp:8080'), world), {
      'Open port 443 to *': acl('tag:clawql-mcp:8080,443'),
      'Open port 8443 to *': acl('tag:clawql-mcp:8080,8443'),
    });
  });

  it('is quiet where the port is open, or may be', () => {
    for (const dst of [
      'tag:clawql-mcp:8080',
      'tag:clawql-mcp:*',
      'tag:clawql-mcp:8000-8100',
      '*:8080',
      'autogroup:tagged:*',
    ]) {
      assert.deepEqual(briefly(path, acl(dst), oneHost), [], dst);
    }
    const address = acl('tag:clawql-mcp:443').replace('nas:22', '100.64.0.0/10:8080');
    assert.deepEqual(briefly(path, address, oneHost), []);
    const box = acl('tag:clawql-mcp:443').replace('nas:22', 'box:8080');
    assert.deepEqual(
      briefly(path, box.replace('"tagOwners"', '"hosts": {"box": "100.64.0.9"}, "tagOwners"'), oneHost),
      [],
    );
    assert.deepEqual(
      briefly(path, box, oneHost),
      ['policy-mcp-port warning tag:clawql-mcp:443'],
      'a host that there is not, or a user',
    );
    assert.deepEqual(briefly(path, grant('tag:clawql-mcp', '"tcp:443", "8080"'), oneHost), []);
    assert.deepEqual(
      briefly(path, acl('tag:clawql-mcp:443').replaceAll('tag:clawql-mcp', 'tag:web'), oneHost),
      [],
      'the tag is in no rule',
    );
    assert.deepEqual(
      briefly(path, '{ "tagOwners": { "tag:clawql-mcp": [] } }', oneHost),
      [],
      'without rules everything is open',
    );
  });

  it('is for the tags of the settings', () => {
    const world: World = { ...oneHost, snapshot: { settings: settings({ tags: ['tag:mcp'] }) } };
    assert.deepEqual(briefly(path, acl('tag:clawql-mcp:443'), world), []);
    assert.deepEqual(briefly(path, acl('tag:mcp:22').replace('tag:clawql-mcp', 'tag:mcp'), world), [
      'policy-mcp-port warning tag:mcp:22',
    ]);
  });

  it('leaves it to the user who is let in, and Fix All opens nothing', () => {
    const rules = (ops: string, watch: string): string =>
      `{ "tagOwners": { "tag:clawql-mcp": [] }, "acls": [
        { "action": "accept", "src": ["a@x", "b@x", "c@x", "d@x"], "dst": ["tag:clawql-mcp:${ops}", "tag:clawql-mcp:22"] },
        { "action": "accept", "src": ["tag:clawql-mcp"], "dst": ["tag:clawql-mcp:${watch}"] } ] }`;
    const text = rules('443', '9100');
    assert.deepEqual(fixesOf(path, text, oneHost), {
      'Open port 8080 to a@x, b@x, c@x, others': rules('443,8080', '9100'),
      'Open port 8080 to tag:clawql-mcp': rules('443', '9100,8080'),
    });
    assert.deepEqual(fixAll(problemsOf(path, text, oneHost)), []);
  });

  it('adds the port, and changes nothing else', () => {
    const title = 'Open port 8080 to *';
    assert.deepEqual(fixesOf(path, acl('tag:clawql-mcp:443'), oneHost), { [title]: acl('tag:clawql-mcp:443,8080') });
    assert.deepEqual(fixesOf(path, `\ufeff${acl('tag:clawql-mcp:443')}`, oneHost), {
      [title]: `\ufeff${acl('tag:clawql-mcp:443,8080')}`,
    });
    assert.deepEqual(fixesOf(path, acl('tag:clawql-\\u006dcp:443'), oneHost), {
      [title]: acl('tag:clawql-mcp:443,8080'),
    });
    assert.deepEqual(fixesOf(path, grant('tag:clawql-mcp', '"22", "tcp:443"'), oneHost), {
      [title]: grant('tag:clawql-mcp', '"22", "tcp:443", "tcp:8080"'),
    });
    assert.deepEqual(fixesOf(path, acl('tag:clawql-mcp:443'), twoHosts), { [title]: acl('tag:clawql-mcp:443,8080') });
    assert.deepEqual(fixesOf(path, '{ "tagOwners": { "tag:clawql-mcp": [] }, "acls": [] }', oneHost), {
      'ClawQL: New ClawQL Policy': 'clawql.newPolicy',
    });
  });

  it('adds what a grant opens as items of their own, as the last one that it opens stands there', () => {
    for (const [ip, opened] of [
      ['"tcp:443"', '"tcp:443", "tcp:8080"'],
      ['"tcp:\\u003443", "udp:53", ', '"tcp:\\u003443", "tcp:8080", "udp:53", '],
      ['\r\n\t"tcp:443"\r\n', '\r\n\t"tcp:443",\r\n\t"tcp:8080"\r\n'],
      ['\r\n\t"tcp:443" /* , */ // Serve\r\n', '\r\n\t"tcp:443", /* , */ // Serve\r\n\t"tcp:8080"\r\n'],
      ['\r\n\t"tcp:443", // Serve\r\n\t// end\r\n', '\r\n\t"tcp:443", // Serve\r\n\t"tcp:8080",\r\n\t// end\r\n'],
      ['\r\n\t"tcp:443", "udp:53"\r\n', '\r\n\t"tcp:443", "tcp:8080", "udp:53"\r\n'],
      ['\r\n\t"tcp:443" // Serve\r\n\t, "udp:53"', '\r\n\t"tcp:443", "tcp:8080" // Serve\r\n\t, "udp:53"'],
    ] as const) {
      const fixed = { 'Open port 8080 to *': grant('tag:clawql-mcp', opened) };
      assert.deepEqual(fixesOf(path, grant('tag:clawql-mcp', ip), oneHost), fixed, ip);
    }
    assert.deepEqual(fixesOf(path, grant('tag:clawql-mcp', '"tcp:22"'), apart), {
      'Open port 443, 9000 to *': grant('tag:clawql-mcp', '"tcp:22", "tcp:443", "tcp:9000"'),
    });
    const single = grant('tag:clawql-mcp', '"tcp:443"').replace('["tcp:443"]', '"tcp:443"');
    assert.deepEqual(fixesOf(path, single, oneHost), {}, 'no list to add it to');
  });
});
