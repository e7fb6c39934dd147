import type { Dialect } from './dialect.ts';
import type { Expansion } from './expansion.ts';
import { shownReference } from './shownUrl.ts';

/** Where a text stands: as the URL of a server, as an argument of its command, or as the value of a header. */
export type ReferencePlace = 'url' | 'argument' | 'header';

/** A part of a text that a client does not replace, or not there. */
export interface UnsupportedReference {
  readonly offset: number;
  readonly text: string;
  /** A clause. */
  readonly reason: string;
  /** A variable stands for the scheme too, so that no form of a reference helps. */
  readonly isWholeUrl: boolean;
  /** The same variable in the client's own words; absent where it has none for it. */
  readonly replacement?: string;
}

/** How a client refers to an environment variable; undefined where it replaces none, or where that is not known. */
export function referenceTo(name: string, expansion: Expansion | undefined): string | undefined {
  switch (expansion) {
    case 'env':
      return `\${env:${name}}`;
    case 'shell':
    case 'dollar':
      return `\${${name}}`;
    case 'brace':
      return `{env:${name}}`;
    case 'none':
    case undefined:
      return undefined;
  }
}

/** The references of a text, in any client's words, that the client of a dialect sends as they stand; none where its way is not known. */
export function unsupportedReferences(
  text: string,
  dialect: Dialect,
  place: ReferencePlace,
): readonly UnsupportedReference[] {
  const { client, expansion } = dialect;
  if (expansion === undefined) return [];
  const isHostOnly = dialect.written?.variable.holds === 'host' || dialect.id === 'devcontainer';
  if (isHostOnly && place === 'url' && text.startsWith('${')) {
    const reason = `${client} does not take a variable as the whole URL: write the scheme and the path`;
    return [{ offset: 0, text, reason, isWholeUrl: true }];
  }
  return [...text.matchAll(anyReference)].flatMap(({ index, 0: reference }) => {
    const isUnknownInput = dialect.inputs === 'none' && reference.startsWith('${input:');
    if (isSupported(reference, expansion) && !isUnknownInput) return [];
    const name = /^\$?\{(?:env:)?([A-Za-z_]\w*)(?::-[^}]*)?\}$/.exec(reference)?.[1];
    const replacement = name === undefined ? undefined : referenceTo(name, expansion);
    const wanted = replacement === undefined ? '' : `: it wants ${referenceTo('NAME', expansion) ?? ''}`;
    // Its default may be a secret.
    const shown = shownReference(reference.replace(/:-[^}]*/, ''));
    const found = {
      offset: index,
      text: reference,
      reason: `${client} does not replace ${shown}${wanted}`,
      isWholeUrl: false,
    };
    return [replacement === undefined ? found : { ...found, replacement }];
  });
}

/** Braces inside are left to the inner reference: each brace would else be looked at from every opening before it. */
const anyReference = /\$\{[^{}]*\}|\{(?:env|file):[^{}]*\}/g;

/** What has a form that a client knows; whether the variable is set is another question. */
function isSupported(reference: string, expansion: Expansion): boolean {
  switch (expansion) {
    case 'env': {
      // VS Code and its forks know further ones, such as `${input:token}`; `${NAME}` without `env:` is none of them.
      const isPlain = /^\$\{[A-Za-z_]\w*(?::-[^}]*)?\}$/.test(reference) && !paths.includes(reference);
      return reference.startsWith('$') && !isPlain;
    }
    case 'shell':
      return /^\$\{[A-Za-z_]\w*(?::-[^}]*)?\}$/.test(reference);
    case 'dollar':
      return /^\$\{\w+(?::-[^}]*)?\}$/.test(reference);
    case 'brace':
      return reference.startsWith('{');
    case 'none':
      return false;
  }
}

const paths = ['${userHome}', '${workspaceFolder}', '${workspaceFolderBasename}', '${pathSeparator}'];
