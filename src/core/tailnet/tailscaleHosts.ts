/** The control server of Tailscale's own service, and the other name of it. Source: tailscale `ipn/prefs.go` (DefaultControlURL, IsLoginServerSynonym). */
export const tailscaleHosts = ['controlplane.tailscale.com', 'login.tailscale.com'] as const;
