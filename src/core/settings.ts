import * as z from 'zod/mini';

/** Source: tailscale `tailcfg/tailcfg.go` (CheckTag). */
const tag = z.string().check(z.regex(/^tag:[a-zA-Z][a-zA-Z0-9-]*$/));

/** One schema a setting, keyed by its name after `clawql.`; `package.json` declares the same keys and defaults (a contract test compares them). */
const schemas = {
  /** Tags that mark a node as a ClawQL host. */
  tags: z.array(tag).check(z.minLength(1)),
  /** Ports on which a host is asked for ClawQL, in this order; 443 means HTTPS, every other one HTTP. */
  ports: z.array(z.int().check(z.minimum(1), z.maximum(65535))).check(z.minLength(1), z.maxLength(8)),
  /** Hosts by name, besides those that carry a tag: a node, `svc:…`, or either with a port or as a URL. */
  hosts: z.array(z.string()),
  /** Which tag's nodes run the service whose URL a variable holds, such as `tag:paperless` for `PAPERLESS_BASE_URL`. */
  roles: z.record(tag, z.string().check(z.regex(/^[A-Z][A-Z0-9_]*$/))),
  /** The server's key in the MCP files that the extension writes. */
  serverName: z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/)),
  /** LocalAPI socket or pipe; empty means the platform's own places. */
  'tailscale.socketPath': z.string(),
  /** `tailscale` program for when no socket answers; empty means the platform's own places. */
  'tailscale.cliPath': z.string(),
  'diagnostics.enabled': z.boolean(),
  /** Hosts that are right as they are, each with the reason. */
  'diagnostics.allowedHosts': z.array(z.object({ host: z.string(), reason: z.optional(z.string()) })),
  /** What only the operator knows, for the export of the routes. */
  account: z.object({
    policyOwners: z.optional(z.string()),
    policyReview: z.optional(z.string()),
    emergencyAccess: z.optional(z.string()),
    logRetention: z.optional(z.string()),
    vendors: z.optional(z.string()),
    controlPlane: z.optional(z.string()),
    relays: z.optional(z.string()),
  }),
} as const;

export type SettingKey = keyof typeof schemas;
export type Settings = { readonly [Key in SettingKey]: z.infer<(typeof schemas)[Key]> };

export const settingKeys = Object.keys(schemas) as readonly SettingKey[];

export const defaultSettings: Settings = {
  tags: ['tag:clawql-mcp'],
  ports: [443, 8080, 80],
  hosts: [],
  roles: {},
  serverName: 'clawql',
  'tailscale.socketPath': '',
  'tailscale.cliPath': '',
  'diagnostics.enabled': true,
  'diagnostics.allowedHosts': [],
  account: {},
};

/** A setting whose value cannot be used, with the reason; its default is in force. */
export interface SettingProblem {
  readonly key: SettingKey;
  readonly reason: string;
}

export interface DecodedSettings {
  readonly settings: Settings;
  readonly problems: readonly SettingProblem[];
}

/** Decodes each setting on its own, so that one wrong value costs only itself. Undefined values mean the default. */
export function decodeSettings(read: (key: SettingKey) => unknown): DecodedSettings {
  const problems: SettingProblem[] = [];
  const decoded: Partial<Record<SettingKey, unknown>> = {};
  for (const key of settingKeys) {
    const value = read(key);
    const result = z.safeParse(schemas[key], value ?? defaultSettings[key]);
    decoded[key] = result.success ? result.data : defaultSettings[key];
    if (!result.success) problems.push({ key, reason: z.prettifyError(result.error) });
  }
  return { settings: decoded as Settings, problems };
}
