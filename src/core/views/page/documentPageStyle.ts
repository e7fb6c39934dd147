/** The style of the extension's documents, in the colours of the editor's theme; one that has a contrast border draws it round links. */
export const documentStyle = `
body { font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); font-weight: var(--vscode-font-weight); line-height: 1.5; color: var(--vscode-foreground); background: var(--vscode-editor-background); padding: 0 16px 32px; overflow-wrap: anywhere; }
main { max-width: 52em; }
h1 { font-size: 1.5em; font-weight: 600; line-height: 1.3; margin: 1em 0 0.5em; }
h2 { font-size: 1.15em; font-weight: 600; margin: 1.8em 0 0.5em; }
p { margin: 0.5em 0; }
ul { margin: 0.5em 0; padding-left: 1.4em; }
.note, .about, .took, .waiting, .skipped { color: var(--vscode-descriptionForeground); }
.about { margin-top: 2.5em; }
.heard { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.ok .sign, .passed .sign { color: var(--vscode-testing-iconPassed); }
.warning .sign { color: var(--vscode-list-warningForeground); }
.error .sign, .failed .sign { color: var(--vscode-errorForeground); }
pre { margin: 0.5em 0; padding: 8px 12px; background: var(--vscode-textCodeBlock-background); white-space: pre-wrap; font-family: var(--vscode-editor-font-family); }
.links { display: flex; flex-wrap: wrap; gap: 6px 8px; list-style: none; margin: 0.8em 0; padding: 0; }
.links li a { display: inline-block; padding: 2px 10px; border: 1px solid var(--vscode-contrastBorder, var(--vscode-button-border, transparent)); border-radius: 2px; color: var(--vscode-button-secondaryForeground); background: var(--vscode-button-secondaryBackground); text-decoration: none; }
.links li a:hover { background: var(--vscode-button-secondaryHoverBackground); text-decoration: underline; }
.links li a:focus-visible { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.steps { list-style: none; margin: 0.5em 0; padding: 0; }
.steps li { display: flex; gap: 0.6em; padding: 2px 0; }
.steps .sign { flex: none; width: 1em; text-align: center; }
.steps .step { flex: auto; min-width: 0; }
.steps .step strong { font-weight: 600; }
.steps .took { flex: none; font-variant-numeric: tabular-nums; }
h3 { font-size: 1em; font-weight: 600; margin: 1.3em 0 0.4em; }
main a { color: var(--vscode-textLink-foreground); text-decoration: underline; }
.alert { padding: 6px 10px; border-left: 3px solid var(--vscode-list-warningForeground); background: var(--vscode-textBlockQuote-background); }
.alert .sign { color: var(--vscode-list-warningForeground); font-weight: 600; }
.routes { list-style: none; margin: 0.5em 0; padding: 0; }
.routes > li { border-top: 1px solid var(--vscode-widget-border, var(--vscode-contrastBorder)); padding: 8px 0 10px; }
.route { margin: 0 0 4px; }
.route strong { font-weight: 600; margin-right: 0.5em; }
.target { font-family: var(--vscode-editor-font-family); }
.tag { display: inline-block; padding: 0 7px; border: 1px solid var(--vscode-descriptionForeground); border-radius: 9px; font-size: 0.85em; white-space: nowrap; }
.tag.inside, .tag.host { border-color: var(--vscode-testing-iconPassed); }
.tag.outside { border-color: var(--vscode-list-warningForeground); }
.tag.unknown, .tag.nowhere { color: var(--vscode-descriptionForeground); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 1px 12px; margin: 0; }
dt { color: var(--vscode-descriptionForeground); }
dd { margin: 0; min-width: 0; }
`;
