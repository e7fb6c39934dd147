import { countUses, usesIn, type FoundFile, type Search } from '../../retire/search.ts';
import { lineNumbers, type Span } from '../../text.ts';
import { shownUrl } from '../../mcp/shownUrl.ts';
import { counted } from '../checkResult.ts';
import type { DiagnoseLink } from '../diagnose/diagnoseLinks.ts';
import type { DiagnoseVerdict } from '../diagnose/diagnoseVerdict.ts';
import type { DiagnoseBlock, DiagnoseSection, DiagnoseView } from '../diagnose/diagnoseView.ts';

/** What *Retire a Public MCP URL…* came to. */
export interface RetireResult {
  /** The search before anything was changed. */
  readonly before: Search;
  /** The check afterwards. */
  readonly after: Search;
  /** Where the uses lead now. */
  readonly endpoint: string;
  /** Files that could not be written, each with its reason. */
  readonly problems: readonly string[];
  readonly about: string;
}

/** More places than anybody goes through are counted only. */
const mostShown = 50;

/** What is left first, then what was replaced, and what the word "nothing" rests on. All texts are plain. */
export function retireView(result: RetireResult): DiagnoseView {
  const { after, about } = result;
  return {
    verdict: verdictOf(result),
    controls: [{ title: 'Retire a Public MCP URL…', command: 'clawql.retireUrl', arguments: [] }],
    steps: [],
    sections: [leftSection(after), replacedSection(result), mentionsSection(after), searchedSection(after)].filter(
      ({ blocks }) => blocks.length > 0,
    ),
    about,
  };
}

function verdictOf({ after, problems }: RetireResult): DiagnoseVerdict {
  const url = shownUrl(after.retired.url.href);
  const left = countUses(after.found);
  const unseen = after.isCut || after.tooLarge.length + after.unreadable.length > 0;
  const rest = { actions: [], notes: problems } as const;
  if (left > 0) {
    const cause = `They stand in ${counted(filesWith(after.found).length, 'file')}. Each is below, with why it is still there.`;
    const remedy = 'Open each and replace it, or run the command again and tick it.';
    const heading = `${counted(left, 'use')} of ${url} ${left === 1 ? 'is' : 'are'} left`;
    return { kind: 'warning', heading, cause, remedy, ...rest };
  }
  if (unseen) {
    const heading = `Nothing that was looked at uses ${url} any more`;
    return { kind: 'unknown', heading, cause: 'Some files were not looked at: they are named below.', ...rest };
  }
  const cause = 'Other machines, and who else has the URL, cannot be seen from here.';
  return { kind: 'ok', heading: `Nothing here uses ${url} any more`, cause, ...rest };
}

function leftSection({ found }: Search): DiagnoseSection {
  const blocks = filesWith(found).flatMap((file) => {
    const { replacements, kept } = file.retirement;
    const unticked = replacements.map(({ span }) => ({ span, reason: 'it was not replaced' }));
    const places = [...unticked, ...kept].toSorted((one, other) => one.span.offset - other.span.offset);
    return places.map(({ span, reason }) => placeBlock(file, span, sentence(reason)));
  });
  return { title: 'What is left', blocks: atMost(blocks) };
}

function mentionsSection({ found, retired }: Search): DiagnoseSection {
  const blocks = found.flatMap((file) =>
    file.retirement.mentions.map((span) => placeBlock(file, span, 'Not changed.')),
  );
  const title = `Where ${retired.host} stands in another way: alone, or with another path, port or scheme`;
  return { title, blocks: atMost(blocks) };
}

function placeBlock({ uri, label, text }: FoundFile, { offset }: Span, said: string): DiagnoseBlock {
  // The editor does not count a byte order mark.
  const place = text.startsWith('\ufeff') ? offset - 1 : offset;
  const open: DiagnoseLink = { title: 'Open', command: 'clawql.openEntry', arguments: [uri, String(place)] };
  return { lead: `${label}, line ${lineNumbers(text)(offset)}:`, text: said, items: [], links: [open] };
}

function atMost(blocks: readonly DiagnoseBlock[]): readonly DiagnoseBlock[] {
  const rest = blocks.length - mostShown;
  return rest <= 0 ? blocks : [...blocks.slice(0, mostShown), { text: `And ${rest} more.`, items: [] }];
}

function replacedSection({ before, after, endpoint }: RetireResult): DiagnoseSection {
  const left = new Map(after.found.map((file) => [file.uri, usesIn(file)]));
  const replaced = before.found.flatMap((file) => {
    const count = usesIn(file) - (left.get(file.uri) ?? 0);
    return count > 0 ? [{ file, count }] : [];
  });
  const items = replaced.map(({ file, count }) => `${file.label}: ${counted(count, 'use')}`);
  if (items.length === 0) return { title: 'Replaced', blocks: [] };
  const text = `They lead to ${shownUrl(endpoint)} now, or name a variable or a placeholder where others get to read the file.`;
  return {
    title: 'Replaced',
    blocks: [
      { text, items },
      ...variableBlocks(
        replaced.map(({ file }) => file),
        endpoint,
      ),
    ],
  };
}

/** A file that names a variable means nothing until somebody sets it. */
function variableBlocks(replaced: readonly FoundFile[], endpoint: string): readonly DiagnoseBlock[] {
  const texts = replaced.flatMap(({ retirement }) =>
    retirement.replacements.flatMap(({ edits }) => edits.map(({ text }) => text)),
  );
  if (!texts.some((text) => text.includes('CLAWQL_MCP_'))) return [];
  const assignments = [`CLAWQL_MCP_URL=${endpoint}`, `CLAWQL_MCP_HOST=${new URL(endpoint).host}`];
  const needed = assignments.filter((one) => texts.some((text) => text.includes(one.split('=')[0] ?? '')));
  return [
    {
      lead: 'Variables:',
      text: 'VS Code gets them for its own files from this extension, as long as the server is selected. Every other program needs them in the environment in which it is started, and they are read at its next start:',
      items: [],
      code: needed,
      links: needed.map((text) => ({
        title: `Copy ${text.split('=')[0] ?? ''}`,
        command: 'clawql.copyText',
        arguments: [text],
      })),
    },
  ];
}

function searchedSection({ read, clientFiles, tooLarge, unreadable, binary, isCut }: Search): DiagnoseSection {
  const clients = clientFiles.length === 0 ? 'No file of an MCP client is there.' : 'Files of MCP clients:';
  return {
    title: 'What was looked at',
    blocks: [
      { text: `${counted(read, 'file')} of the workspace, or open in this window.`, items: [] },
      { text: clients, items: clientFiles },
      {
        lead: 'Not looked at:',
        text: 'other machines; the environment of programs; the settings of editors; what files.exclude and search.exclude hide; folders that git ignores.',
        items: [
          ...(isCut ? ['Files beyond the first 5,000 of the workspace.'] : []),
          ...(binary > 0
            ? [`${counted(binary, 'file')} that ${binary === 1 ? 'is' : 'are'} no text in UTF-8 or UTF-16.`]
            : []),
          ...tooLarge.map((label) => `${label}: too large.`),
          ...unreadable.map((label) => `${label}: could not be read.`),
        ],
      },
    ],
  };
}

function filesWith(found: readonly FoundFile[]): readonly FoundFile[] {
  return found.filter((file) => usesIn(file) > 0);
}

function sentence(clause: string): string {
  return `${clause.slice(0, 1).toUpperCase()}${clause.slice(1)}.`;
}
