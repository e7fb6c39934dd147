/** The two files of an export, and those of them of which the dialog for the file has not asked whether they may be replaced. */
export interface ExportPaths {
  readonly markdown: string;
  readonly json: string;
  readonly unasked: readonly string[];
}

/** `chosen` is the path for which the dialog asked, with `/`; Markdown goes there, or beside it where it has another ending. */
export function exportPaths(chosen: string): ExportPaths {
  const markdown = /\.md$/i.test(chosen) ? chosen : `${chosen}.md`;
  const json = markdown.replace(/\.md$/i, '.json');
  return { markdown, json, unasked: [markdown, json].filter((path) => path !== chosen) };
}
