import type { Page } from 'playwright-core';

/** The parts of the page that the script below touches; the tools here are compiled without the DOM's types. */
interface Host {
  readonly document: {
    addEventListener: (type: 'readystatechange', listener: () => void) => void;
    getElementById: (id: string) => { dataset: { settings: string } } | null;
  };
  readonly location: { readonly host: string };
}

/** Runs in the page before its own scripts. The workbench reads its configuration once the document is parsed. */
function addToConfiguration(paths: readonly string[]): void {
  const { document, location } = globalThis as unknown as Host;
  document.addEventListener('readystatechange', () => {
    const element = document.getElementById('vscode-workbench-web-configuration');
    if (element === null) return;
    const configuration = JSON.parse(element.dataset.settings) as { developmentOptions?: object };
    const extensions = paths.map((path) => ({ scheme: 'vscode-remote', authority: location.host, path }));
    element.dataset.settings = JSON.stringify({
      ...configuration,
      developmentOptions: { ...configuration.developmentOptions, extensions },
    });
  });
}

/**
 * Makes the workbench that this page opens load extensions from folders of the server, in the place of a command line: by the
 * web workbench's own `developmentOptions.extensions` (microsoft/vscode src/vs/workbench/browser/web.api.ts).
 *
 * Not by the `extensionDevelopmentPath` and `extensionTestsPath` of the address: those ask for `--enable-smoke-test-driver`,
 * under which 1.139 shows no toast, and a workbench in test mode answers every modal dialog itself.
 */
export async function loadDevelopmentExtensions(page: Page, folders: readonly string[]): Promise<void> {
  await page.addInitScript(addToConfiguration, folders);
}
