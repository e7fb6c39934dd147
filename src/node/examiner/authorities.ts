import { getCACertificates } from 'node:tls';

/** The authorities that Node trusts by itself, with those of NODE_EXTRA_CA_CERTS, and those of the system, which Node alone passes over. */
export function knownAuthorities(): string[] {
  return [...new Set([...getCACertificates('default'), ...systemAuthorities()])];
}

function systemAuthorities(): readonly string[] {
  try {
    return getCACertificates('system');
  } catch {
    // A store that cannot be read leaves Node's own.
    return [];
  }
}
