import type { Snapshot } from '../snapshot.ts';
import { controlServerOf, type ControlServer } from '../tailnet/controlServer.ts';
import { flat } from '../views/escape.ts';
import { taggedHosts, type TaggedHost } from './mcpPorts.ts';
import { policyUser } from './policyUsers.ts';

/** The name under which the starter is offered to be saved. */
export const starterName = 'clawql-policy.hujson';

const [operators, admins] = ['group:clawql-operators', 'group:clawql-admins'];

/**
 * A policy of least privilege to begin with: the user of this machine reaches ClawQL at the ports at which its hosts answer, everybody
 * reaches their own machines, and nothing else is open. Both control servers take it. Without trailing commas, which an editor underlines.
 */
export function starterPolicy(snapshot: Snapshot): string {
  const server = controlServerOf(snapshot.tailnet);
  const doors = doorsOf(snapshot);
  const lines = [
    ...heading(server),
    '{',
    '  "groups": {',
    ...users(snapshot, server),
    '  },',
    '',
    '  // Who may give the tag to a machine. Only a machine with the tag is taken for a ClawQL host.',
    '  "tagOwners": {',
    doors.map(({ tag }) => `    ${JSON.stringify(tag)}: ["${admins}"]`).join(',\n'),
    '  },',
    '',
    '  "acls": [',
    ...doors.flatMap(doorRules),
    '    // What else is needed is a rule of its own, such as from ClawQL to a service that it calls:',
    '    // { "action": "accept", "src": ["tag:clawql-mcp"], "dst": ["tag:paperless:8000"] },',
    '',
    '    // Everybody reaches their own machines: those of the same user, without a tag.',
    '    {',
    '      "action": "accept",',
    '      "src": ["autogroup:member"],',
    '      "dst": ["autogroup:self:*"]',
    '    }',
    '  ]',
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

interface Door {
  readonly tag: string;
  readonly ports: readonly number[];
  /** The hosts that answer at these ports; none where the ports are those of the settings. */
  readonly hosts: readonly TaggedHost[];
}

/** Of each tag that a host carries; where there is no host, of the first tag. */
function doorsOf({ hosts: reports, settings }: Snapshot): readonly Door[] {
  const tagged = settings.tags.map((tag) => ({ tag, hosts: taggedHosts(tag, { hosts: reports }) }));
  const carried = tagged.filter(({ hosts }) => hosts.length > 0);
  return (carried.length > 0 ? carried : tagged.slice(0, 1)).map(({ tag, hosts }) => {
    const answering = hosts.filter(({ ports }) => ports.length > 0);
    const seen = [...new Set(answering.flatMap(({ ports }) => ports))].toSorted((one, other) => one - other);
    return { tag, hosts: answering, ports: seen.length > 0 ? seen : settings.ports };
  });
}

function doorRules({ tag, ports, hosts }: Door): readonly string[] {
  const names = hosts.map(({ name }) => flat(name, 80)).join(', ');
  const why =
    hosts.length > 0
      ? [`    // ClawQL, at the port${ports.length === 1 ? '' : 's'} at which ${names} answered.`]
      : [
          '    // ClawQL. No host has answered yet, so these are the ports of the setting clawql.ports:',
          '    // take out those at which it does not answer.',
        ];
  return [
    ...why,
    ...rule('tcp', `${tag}:${ports.join(',')}`),
    '    // The same machines by ping, so that a silence can be told from a closed port.',
    ...rule('icmp', `${tag}:*`),
    '',
  ];
}

function rule(protocol: string, destination: string): readonly string[] {
  return [
    '    {',
    '      "action": "accept",',
    `      "proto": "${protocol}",`,
    `      "src": ["${operators}"],`,
    `      "dst": [${JSON.stringify(destination)}]`,
    '    },',
  ];
}

function users({ tailnet }: Snapshot, server: ControlServer | undefined): readonly string[] {
  const login = tailnet.kind === 'running' ? tailnet.tailnet.self.owner : undefined;
  const user = JSON.stringify(login === undefined ? placeholder(server) : policyUser(login));
  const about =
    login === undefined
      ? `Put your users in the place of ${user}.`
      : `${flat(user)} is the user of this machine; add the others.`;
  return [
    `    // Who may use ClawQL. ${about}`,
    `    "${operators}": [${user}],`,
    '    // Who sets up its machines.',
    `    "${admins}": [${user}]`,
  ];
}

function placeholder(server: ControlServer | undefined): string {
  return server === 'headscale' ? 'your-user@' : 'you@example.com';
}

const headscaleSteps = [
  '// Headscale: check it on its server while that runs, put it where policy.path of config.yaml',
  '// points, and have it read:',
  `//   headscale policy check -f ${starterName}`,
  '//   systemctl reload headscale',
  `// Where policy.mode is "database": headscale policy set -f ${starterName}`,
  '// Users are written with "@": a user "alice" of Headscale\'s own as "alice@".',
];

const tailscaleSteps = [
  '// Tailscale: paste it into the JSON editor of "Access controls" in the admin console, which',
  '// checks it before it is saved.',
];

function heading(server: ControlServer | undefined): readonly string[] {
  return [
    '// A tailnet policy for ClawQL. It takes the place of the whole policy that is there, and what is',
    '// not opened here is shut. Take over what else your tailnet needs before you use it.',
    '//',
    ...(server === 'tailscale' ? [] : headscaleSteps),
    ...(server === 'headscale' ? [] : tailscaleSteps),
  ];
}
