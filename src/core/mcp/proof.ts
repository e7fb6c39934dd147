import { vantageText, type Vantage } from '../vantage.ts';
import { shownUrl } from './shownUrl.ts';

/** How it is known that this editor uses the selected server. */
export type Proof = Grade & {
  /** The URL that the editor's configuration comes to once it is resolved; absent where nothing is selected. */
  readonly url?: string;
  /** From where that was seen. */
  readonly vantage: Vantage;
};

/** The three grades of a proof. */
export type Grade =
  /** The editor itself holds the server's tools. */
  | { readonly kind: 'observed'; readonly tools: number }
  /** Resolved and called as this editor would; the editor has not been seen to do it. */
  | {
      readonly kind: 'simulated';
      readonly tools: number;
      readonly why: string;
      /** The editor has tried to start the server, and holds none of its tools. */
      readonly startedWithoutTools?: true;
    }
  | { readonly kind: 'unknown'; readonly settledBy: string };

/**
 * Of the tools that the editor holds, those of ClawQL. VS Code names them `mcp_<server>_<tool>`, by the server's own name from 1.106 on
 * and by the label or key before. Source: `vscode.lm.tools` in 1.105.1 and 1.139.1.
 */
export function clawqlTools(names: readonly string[]): readonly string[] {
  return names.filter((name) => /^mcp_[^_]*clawql[^_]*_/i.test(name));
}

/** How many of a server's own tools are among those that the editor holds; another server of the same kind may be there too. */
export function heldOf(tools: readonly string[], held: readonly string[]): number {
  return tools.filter((tool) => held.some((name) => name.endsWith(`_${tool}`))).length;
}

/** What is said of a proof, in one or two sentences: with the URL and from where it was seen. */
export function proofText({ url, vantage, ...grade }: Proof, editor: string): string {
  const at = url === undefined ? 'it' : shownUrl(url);
  const from = vantageText(vantage);
  switch (grade.kind) {
    case 'observed':
      return `${editor} holds its ${grade.tools} tools now, from ${at}, called from ${from}.`;
    case 'simulated':
      return `It listed ${grade.tools} tools when ${at} was called from ${from} as ${editor} would. ${grade.why}`;
    case 'unknown':
      return grade.settledBy;
  }
}
