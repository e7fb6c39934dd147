import { hubAddress } from './namespaces.ts';

/** Everybody reaches everything; the tag belongs to the user `dev`. */
export const openPolicy = `{
  "tagOwners": { "tag:clawql-mcp": ["dev@"] },
  "acls": [ { "action": "accept", "src": ["*"], "dst": ["*:*"] } ]
}
`;

/**
 * headscale's config.yaml: plain HTTP, its own DERP and STUN, SQLite, the policy in a file, all state in `folder`. What it
 * would hold back for up to a second to send it with other changes goes out at once.
 */
export function headscaleConfig(folder: string, suffix: string, magicDns = true): string {
  return `server_url: http://${hubAddress}:8080
listen_addr: 0.0.0.0:8080
metrics_listen_addr: ""
grpc_listen_addr: 127.0.0.1:50443
noise: { private_key_path: ${folder}/noise.key }
prefixes: { v4: 100.64.0.0/10, v6: "fd7a:115c:a1e0::/48", allocation: sequential }
derp:
  server:
    enabled: true
    region_id: 999
    region_code: headscale
    region_name: local
    verify_clients: true
    stun_listen_addr: 0.0.0.0:3478
    private_key_path: ${folder}/derp.key
    automatically_add_embedded_derp_region: true
    ipv4: ${hubAddress}
  urls: []
  paths: []
  auto_update_enabled: false
disable_check_updates: true
node: { expiry: 0, ephemeral: { inactivity_timeout: 30m } }
database: { type: sqlite, sqlite: { path: ${folder}/db.sqlite } }
log: { level: info }
policy: { mode: file, path: ${folder}/policy.hujson }
dns: { magic_dns: ${magicDns}, base_domain: ${suffix}, override_local_dns: false, nameservers: { global: [] } }
unix_socket: ${folder}/headscale.sock
unix_socket_permission: "0770"
logtail: { enabled: false }
tuning: { batch_change_delay: 20ms, node_store_batch_timeout: 20ms }
`;
}
