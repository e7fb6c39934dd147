import { answerOf, reportOn } from '../../core/clawql/hostReport.ts';
import type { EditorKind } from '../../core/editor.ts';
import { heldOf, type Grade } from '../../core/mcp/proof.ts';
import type { Selection } from '../../core/mcp/selection.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import type { ServingFile } from '../files/clientFiles.ts';
import { heldTools } from './serverStart.ts';

/** What a proof is concluded from. */
export interface ProofEvidence {
  readonly editor: EditorKind;
  readonly selection: Selection | undefined;
  readonly snapshot: Snapshot;
  /** The URL with which VS Code was last seen to start the server. */
  readonly startedUrl: string | undefined;
  /** The file of this editor that has the server, if one has. */
  readonly serving: ServingFile | undefined;
  /** Whether the editor has it from the live registration. */
  readonly isRegistered: boolean;
}

/** What is known now of this editor's use of the selected server. */
export function gradeOf(evidence: ProofEvidence): Grade {
  const { editor, selection, snapshot, startedUrl, serving } = evidence;
  if (editor === 'cursor') return unknown('Cursor does not tell extensions: look at Settings > MCP there.');
  if (editor !== 'vscode') return unknown('This editor does not tell extensions which MCP servers it uses.');
  if (selection === undefined) return unknown('No server is selected.');
  const isStarted = startedUrl === selection.url;
  if (selection.wantsToken === true) {
    const tools = heldTools().length;
    if (isStarted && tools > 0) return { kind: 'observed', tools };
    return unknown(
      'The server wants a sign-in: VS Code asks for it when it starts the server, and only then its tools are known.',
    );
  }
  const report = reportOn(selection.hostId, snapshot.hosts);
  const answer = report && answerOf(report);
  if (answer === undefined) return unknown('The server has not answered, so nothing can be said of its tools.');
  const held = heldOf(answer.tools, heldTools());
  if (held > 0 && isStarted) return { kind: 'observed', tools: held };
  const reader = serving?.place.reader;
  if (reader?.kind === 'remote-window') {
    const place = serving?.place.label ?? 'its file';
    return unknown(`VS Code calls it from the remote machine (${reader.machine}), by ${place}: not checked here.`);
  }
  const isInVain = held === 0 && isStarted && evidence.isRegistered;
  return {
    kind: 'simulated',
    tools: answer.tools.length,
    why: isInVain
      ? 'VS Code has tried to start it and holds no tools of it: "MCP: List Servers", then "Show Output", says why.'
      : whyNotSeen(evidence, held),
    ...(isInVain ? { startedWithoutTools: true } : {}),
  };
}

function unknown(settledBy: string): Grade {
  return { kind: 'unknown', settledBy };
}

function whyNotSeen({ isRegistered, serving }: ProofEvidence, held: number): string {
  if (held > 0) return `VS Code holds ${held} tools of a ClawQL server, and was not seen to start it at this URL.`;
  if (!isRegistered) {
    const place = serving?.place.label ?? 'mcp.json';
    return `VS Code starts it from ${place}: press Start above the entry, or send a chat message.`;
  }
  return 'VS Code starts it with the next chat message.';
}
