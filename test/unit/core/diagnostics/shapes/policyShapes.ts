/** A policy for Headscale, what it makes of it, and what is found here. */
export interface PolicyShape {
  readonly name: string;
  readonly text: string;
  /** What `headscale policy check` says (0.29.2): nothing, or a message with this in it. */
  readonly refused?: RegExp;
  /** Rule, severity and underlined text of each finding, where ClawQL answers at port 8080. */
  readonly finds: readonly string[];
  /** Of a policy that Headscale takes and in which something is found: why it is. */
  readonly because?: string;
}

const tags = '"tagOwners": { "tag:clawql-mcp": ["dev@"] }';

/** One rule, in a policy that knows ClawQL's tag. */
function rule(parts: string): string {
  return `{ ${tags}, "acls": [{ "action": "accept", ${parts} }] }`;
}

function grant(parts: string): string {
  return `{ ${tags}, "grants": [{ ${parts} }] }`;
}

/** A policy with one section more, and a rule that opens what ClawQL needs. */
function withSection(section: string): string {
  return `{ ${section}, "acls": [{ "action": "accept", "src": ["dev@"], "dst": ["dev@:8080"] }] }`;
}

const mcpRule = '"src": ["dev@"], "dst": ["tag:clawql-mcp:8080"]';

export const policyShapes: readonly PolicyShape[] = [
  // What is right.
  { name: 'least privilege', text: rule(mcpRule), finds: [] },
  {
    name: 'with comments and trailing commas',
    text: `{ // ours\n ${tags}, /* one */ "acls": [{ "action": "accept", ${mcpRule}, },], }`,
    finds: [],
  },
  { name: 'a grant', text: grant('"src": ["dev@"], "dst": ["tag:clawql-mcp"], "ip": ["tcp:8080"]'), finds: [] },
  {
    name: 'a group, a host and autogroups',
    text: `{ "groups": { "group:ops": ["dev@", "alice@example.com"] }, "hosts": { "nas": "100.64.0.9" }, ${tags},
      "acls": [
        { "action": "accept", "proto": "tcp", "src": ["group:ops"], "dst": ["tag:clawql-mcp:443,8080", "nas:22"] },
        { "action": "accept", "proto": "icmp", "src": ["group:ops"], "dst": ["*:*"] },
        { "action": "accept", "src": ["autogroup:member"], "dst": ["autogroup:self:*", "autogroup:internet:*"] },
        { "action": "accept", "src": ["tag:clawql-mcp"], "dst": ["10.0.0.0/8:5432", "fd7a:115c:a1e0::9:443", "[fd7a:115c:a1e0::9]:80"] },
      ],
      "ssh": [{ "action": "check", "src": ["group:ops"], "dst": ["tag:clawql-mcp"], "users": ["autogroup:nonroot"] }],
      "autoApprovers": { "routes": { "10.0.0.0/8": ["group:ops"] }, "exitNode": ["dev@"] },
      "nodeAttrs": [{ "target": ["autogroup:member", "nas"], "attr": ["magicdns-aaaa"], "ipPool": [] }] }`,
    finds: [],
  },
  {
    name: 'fields in other letters',
    text: `{ "TagOwners": { "tag:clawql-mcp": ["dev@"] }, "ACLs": [{ "Action": "accept", "Src": ["dev@"], "DST": ["tag:clawql-mcp:8080"] }] }`,
    finds: [],
  },
  { name: "headscale-admin's remarks", text: rule(`"#ha-meta": "x", ${mcpRule}`), finds: [] },
  {
    name: 'a group of an identity provider',
    text: rule('"src": ["group:eng@example.com"], "dst": ["tag:clawql-mcp:8080"]'),
    finds: [],
  },
  {
    name: 'a user whom Headscale does not have',
    text: rule('"src": ["nobody@"], "dst": ["tag:clawql-mcp:8080"]'),
    finds: [],
  },
  // Users.
  {
    name: 'a bare user in a group',
    text: withSection('"groups": { "group:ops": ["alice"] }'),
    refused: /username must contain @/,
    finds: ['policy-user-form error alice'],
  },
  {
    name: 'a bare owner of a tag',
    text: `{ "tagOwners": { "tag:clawql-mcp": ["alice"] }, "acls": [{ "action": "accept", ${mcpRule} }] }`,
    refused: /invalid owner format/,
    finds: ['policy-user-form error alice'],
  },
  {
    name: 'a bare approver',
    text: withSection('"autoApprovers": { "exitNode": ["alice"] }'),
    refused: /invalid auto approver format/,
    finds: ['policy-user-form error alice'],
  },
  {
    name: 'a bare user in SSH',
    text: withSection(
      '"ssh": [{ "action": "accept", "src": ["alice"], "dst": ["autogroup:self"], "users": ["root"] }]',
    ),
    refused: /not supported for SSH source/,
    finds: ['policy-user-form error alice'],
  },
  {
    name: 'a bare user in a rule, known as one by a group',
    text: `{ "groups": { "group:ops": ["alice"] }, "acls": [{ "action": "accept", "src": ["alice"], "dst": ["alice:*"] }] }`,
    refused: /username must contain @/,
    finds: ['policy-user-form error alice', 'policy-user-form error alice', 'policy-user-form error alice'],
  },
  // Names.
  {
    name: 'a tag that nobody owns',
    text: '{ "acls": [{ "action": "accept", "src": ["dev@"], "dst": ["tag:clawql-mcp:8080"] }] }',
    refused: /tag not found: "tag:clawql-mcp"/,
    finds: ['policy-undefined-name error tag:clawql-mcp'],
  },
  {
    name: 'a tag in other letters',
    text: rule('"src": ["dev@"], "dst": ["tag:ClawQL-mcp:8080"]'),
    refused: /tag not found/,
    finds: ['policy-undefined-name error tag:ClawQL-mcp', 'policy-mcp-port warning tag:clawql-mcp'].toReversed(),
  },
  {
    name: 'a group that is not defined',
    text: rule('"src": ["group:ops"], "dst": ["tag:clawql-mcp:8080"]'),
    refused: /group not defined/,
    finds: ['policy-undefined-name error group:ops'],
  },
  {
    name: 'a host that is not defined',
    text: rule('"src": ["dev@"], "dst": ["nas:22", "tag:clawql-mcp:8080"]'),
    refused: /host not defined/,
    finds: ['policy-undefined-name error nas'],
  },
  {
    name: 'an autogroup that there is not',
    text: rule('"src": ["autogroup:everyone"], "dst": ["tag:clawql-mcp:8080"]'),
    refused: /autogroup not supported/,
    finds: ['policy-undefined-name error autogroup:everyone'],
  },
  {
    name: 'a tag as owner that is not defined',
    text: withSection('"tagOwners": { "tag:a": ["tag:b"] }'),
    refused: /tag not found: "tag:b"/,
    finds: ['policy-undefined-name error tag:b'],
  },
  {
    name: 'a tag as approver that is not defined',
    text: withSection('"autoApprovers": { "routes": { "10.0.0.0/8": ["tag:router"] } }'),
    refused: /tag not found/,
    finds: ['policy-undefined-name error tag:router'],
  },
  {
    name: 'a tag in SSH that is not defined',
    text: withSection('"ssh": [{ "action": "accept", "src": ["dev@"], "dst": ["tag:web"], "users": ["root"] }]'),
    refused: /tag not found/,
    finds: ['policy-undefined-name error tag:web'],
  },
  {
    name: 'an attribute for a tag that is not defined',
    text: withSection('"nodeAttrs": [{ "target": ["tag:web"], "attr": ["a"] }]'),
    refused: /tag not found/,
    finds: ['policy-undefined-name error tag:web'],
  },
  {
    name: 'a way by a tag that is not defined',
    text: grant('"src": ["dev@"], "dst": ["tag:clawql-mcp"], "ip": ["8080"], "via": ["tag:router"]'),
    refused: /tag \\?"tag:router\\?" not found/,
    finds: ['policy-undefined-name error tag:router'],
  },
  // Destinations.
  {
    name: 'no ports',
    text: rule('"src": ["dev@"], "dst": ["tag:clawql-mcp", "tag:clawql-mcp:8080"]'),
    refused: /port range/,
    finds: ['policy-destination error tag:clawql-mcp'],
  },
  {
    name: 'an address without ports',
    text: rule('"src": ["dev@"], "dst": ["100.64.0.9", "tag:clawql-mcp:8080"]'),
    refused: /must contain a colon/,
    finds: ['policy-destination error 100.64.0.9'],
  },
  {
    name: 'a space between ports',
    text: rule('"src": ["dev@"], "dst": ["tag:clawql-mcp:443, 8080", "tag:clawql-mcp:8080"]'),
    refused: /invalid first integer/,
    finds: ['policy-destination error tag:clawql-mcp:443, 8080'],
  },
  {
    name: 'ports at a grant',
    text: grant('"src": ["dev@"], "dst": ["tag:clawql-mcp:8080", "tag:clawql-mcp"], "ip": ["8080"]'),
    refused: /tag not found/,
    finds: ['policy-destination error tag:clawql-mcp:8080'],
  },
  {
    name: 'ports of a protocol without',
    text: `{ ${tags}, "acls": [{ "action": "accept", ${mcpRule} }, { "action": "accept", "proto": "icmp", "src": ["dev@"], "dst": ["tag:clawql-mcp:8080"] }] }`,
    refused: /does not support specific ports/,
    finds: ['policy-destination error tag:clawql-mcp:8080'],
  },
  // What only Tailscale's service knows, or nobody.
  {
    name: 'an action that there is not',
    text: `{ ${tags}, "acls": [{ "action": "accept", ${mcpRule} }, { "action": "deny", "src": ["dev@"], "dst": ["*:443"] }] }`,
    refused: /not supported/,
    finds: ['policy-unsupported error deny'],
  },
  {
    name: 'own machines of a tag',
    text: rule('"src": ["tag:clawql-mcp", "dev@"], "dst": ["autogroup:self:*", "tag:clawql-mcp:8080"]'),
    refused: /autogroup:self can only be used with users/,
    finds: ['policy-unsupported error autogroup:self'],
  },
  {
    name: 'own machines of everybody, by a grant',
    text: grant('"src": ["*"], "dst": ["autogroup:self", "tag:clawql-mcp"], "ip": ["8080"]'),
    refused: /autogroup:self can only be used with users/,
    finds: ['policy-unsupported error autogroup:self'],
  },
  {
    name: 'own machines of everybody, by a rule',
    text: rule('"src": ["*"], "dst": ["autogroup:self:*", "tag:clawql-mcp:8080"]'),
    finds: [],
  },
  {
    name: 'a group in a group',
    text: withSection('"groups": { "group:a": ["dev@"], "group:b": ["group:a"] }'),
    refused: /cannot be recursive/,
    finds: ['policy-unsupported error group:a'],
  },
  ...[
    '"postures": { "posture:mac": ["node:os == \'macos\'"] }',
    '"ipsets": { "ipset:a": ["10.0.0.0/8"] }',
    '"derpMap": {}',
    '"disableIPv4": true',
    '"OneCGNATRoute": ""',
  ].map((section): PolicyShape => {
    const field = /^"(\w+)"/.exec(section)?.[1] ?? '';
    return {
      name: `a section ${field}`,
      text: withSection(section),
      refused: /unknown field/,
      finds: [`policy-unsupported error ${field}`],
    };
  }),
  {
    name: 'a posture in a rule',
    text: rule(`"srcPosture": ["posture:mac"], ${mcpRule}`),
    refused: /unknown field/,
    finds: ['policy-unsupported error srcPosture'],
  },
  {
    name: 'the old words of a rule',
    text: rule('"users": ["dev@"], "ports": ["tag:clawql-mcp:8080"]'),
    refused: /unknown field/,
    finds: ['policy-unsupported error users', 'policy-unsupported error ports'],
  },
  {
    name: 'Funnel',
    text: withSection('"nodeAttrs": [{ "target": ["autogroup:member"], "attr": ["funnel"] }]'),
    refused: /does not yet support/,
    finds: ['policy-unsupported error funnel'],
  },
  {
    name: 'a pool of addresses',
    text: withSection('"nodeAttrs": [{ "target": ["autogroup:member"], "ipPool": ["100.81.0.0/16"] }]'),
    refused: /ipPool/,
    finds: ['policy-unsupported error ipPool'],
  },
  {
    name: 'administrators as owners',
    text: withSection('"tagOwners": { "tag:web": ["autogroup:admin"] }'),
    refused: /invalid owner format/,
    finds: ['policy-unsupported error autogroup:admin'],
  },
  {
    name: 'administrators in a rule',
    text: rule('"src": ["autogroup:owner"], "dst": ["tag:clawql-mcp:8080"]'),
    refused: /not supported for ACL sources/,
    finds: ['policy-unsupported error autogroup:owner'],
  },
  {
    name: 'the old word for members',
    text: rule('"src": ["autogroup:members"], "dst": ["tag:clawql-mcp:8080"]'),
    refused: /not supported for ACL sources/,
    finds: ['policy-unsupported error autogroup:members'],
  },
  {
    name: 'the internet as a source',
    text: rule('"src": ["autogroup:internet"], "dst": ["tag:clawql-mcp:8080"]'),
    refused: /can only be used in ACL destinations/,
    finds: ['policy-unsupported error autogroup:internet'],
  },
  {
    name: 'a set of addresses',
    text: rule('"src": ["ipset:office"], "dst": ["tag:clawql-mcp:8080"]'),
    refused: /invalid alias format/,
    finds: ['policy-unsupported error ipset:office'],
  },
  {
    name: 'approvers of Services',
    text: withSection('"autoApprovers": { "services": { "tag:web": ["dev@"] } }'),
    refused: /unknown field/,
    finds: ['policy-unsupported error services'],
  },
  // What Headscale takes, and is yet not right.
  {
    name: 'everything open',
    text: '{ "acls": [{ "action": "accept", "src": ["*"], "dst": ["*:*"] }] }',
    finds: ['policy-allow-all warning *:*'],
    because: 'it is a policy, and shuts nothing',
  },
  {
    name: 'everything open by a grant',
    text: '{ "grants": [{ "src": ["autogroup:member"], "dst": ["*"], "ip": ["*"] }] }',
    finds: ['policy-allow-all warning *'],
    because: 'it is a policy, and shuts nothing',
  },
  {
    name: 'everything open to one user',
    text: '{ "acls": [{ "action": "accept", "src": ["dev@"], "dst": ["*:*"] }] }',
    finds: ['policy-allow-all information *:*'],
    because: 'it opens more than anybody needs',
  },
  {
    name: 'the port of ClawQL missing',
    text: rule('"src": ["dev@"], "dst": ["tag:clawql-mcp:443,50051"]'),
    finds: ['policy-mcp-port warning tag:clawql-mcp:443,50051'],
    because: 'Headscale does not know at which port ClawQL answers',
  },
  {
    name: 'ICMP alone',
    text: rule('"proto": "icmp", "src": ["dev@"], "dst": ["tag:clawql-mcp:*"]'),
    finds: ['policy-mcp-port warning tag:clawql-mcp'],
    because: 'a ping comes through, and MCP does not',
  },
  {
    name: 'a key in a comment',
    text: `{ // tailscale up --auth-key=hskey-auth-Zx8Yw2Vu5Ts9-Rq4Po7Nm1Lk6Ji3Hg\n ${tags}, "acls": [{ "action": "accept", ${mcpRule} }] }`,
    finds: ['policy-secret error hskey-auth-Zx8Yw2Vu5Ts9-Rq4Po7Nm1Lk6Ji3Hg'],
    because: 'Headscale does not read comments',
  },
];
