/** What `GET /healthz` says of the Obsidian vault (ClawQL src/vault-config.ts). */
export interface VaultStatus {
  readonly configured: boolean;
  readonly path: string | null;
  readonly writable: boolean;
  readonly degraded: boolean;
  readonly error?: string;
  readonly fixCommand?: string;
}

export const noVault: VaultStatus = { configured: false, path: null, writable: true, degraded: false };

/** A vault whose folder does not exist: ClawQL starts all the same, says `status: "ok"`, and drops its memory tools. */
export function degradedVault(path: string): VaultStatus {
  return {
    configured: true,
    path,
    writable: false,
    degraded: true,
    error:
      `CLAWQL_OBSIDIAN_VAULT_PATH: path does not exist or is inaccessible: ${path} ` +
      `(ENOENT: no such file or directory, stat '${path}')`,
    fixCommand: `mkdir -p "${path}" && chmod -R u+rwX,g+rwX "${path}"`,
  };
}
