/** The entries in files, by whom they follow: what the projections are called before their code is loaded. */
export const fileProjections = {
  window: { id: 'files-window', title: 'Entries in the workspace', scope: 'window' },
  user: { id: 'files-user', title: 'Entries in your own files', scope: 'user' },
} as const;
