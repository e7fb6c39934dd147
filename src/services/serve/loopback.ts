/** This machine's own interface, as a port. Nothing else is asked, and nothing rejects. */
export interface Loopback {
  /** Those of the ports at which something listens. */
  listening(ports: readonly number[], signal: AbortSignal): Promise<readonly number[]>;
  /** Whether the server at a port answers who asks for it under another name (its Host header), as Tailscale Serve hands requests on. */
  answersTo(host: string, port: number, signal: AbortSignal): Promise<'yes' | 'no' | 'unknown'>;
}
