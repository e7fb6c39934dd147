import { parseArgs } from 'node:util';
import { desktopEditors, type DesktopEditorId } from './desktopEditors.ts';

/** What `npm start -- …` was asked for. */
export interface StartOptions {
  /** Undefined: this machine's tailnet if there is one, else the demo. */
  readonly tailnet: 'demo' | 'real' | undefined;
  /** Undefined: the first desktop editor that is found, else the browser. */
  readonly editor: DesktopEditorId | 'browser' | undefined;
}

const editorIds = [...desktopEditors.map(({ id }) => id), 'browser' as const];

export const startUsage = `npm start -- [--demo | --tailnet] [--editor ${editorIds.join('|')}]

Opens an editor with the extension and a sample workspace.
  --demo     with the demo tailnet, whatever runs on this machine
  --tailnet  with this machine's own tailnet
  --editor   in this editor; "browser" needs none: VS Code is served to your browser`;

/** Undefined when only the usage is wanted. Throws an error with a sentence on what is wrong with the arguments. */
export function readStartOptions(argv: readonly string[]): StartOptions | undefined {
  const { values } = parseArgs({
    args: [...argv],
    options: {
      demo: { type: 'boolean', default: false },
      tailnet: { type: 'boolean', default: false },
      editor: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  if (values.demo && values.tailnet) throw new Error('--demo and --tailnet exclude each other.');
  const editor = editorIds.find((id) => id === values.editor);
  if (values.editor !== undefined && editor === undefined) {
    throw new Error(`--editor is one of ${editorIds.join(', ')}, not "${values.editor}".`);
  }
  const real = values.tailnet ? ('real' as const) : undefined;
  return { tailnet: values.demo ? 'demo' : real, editor };
}
