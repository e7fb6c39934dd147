import fs from 'node:fs/promises';
import path from 'node:path';

import { startDemoTailnet } from '../test/support/demo/demoTailnet.ts';
import { Cleanup } from '../test/support/editor/cleanup.ts';
import { editorVersions } from '../test/support/editor/editorVersion.ts';
import { makeShortTemp } from '../test/support/editor/shortTemp.ts';
import { openWorkbench } from '../test/support/editor/ui.ts';
import { copySampleWorkspace } from './demo/sampleWorkspace.ts';
import { viewport } from './screenshots/camera.ts';
import { takeConnectionPictures } from './screenshots/connectionPictures.ts';
import { takeDiagnosePicture } from './screenshots/diagnosePicture.ts';
import { takeLinterPictures } from './screenshots/linterPictures.ts';
import { takeOperatorPictures } from './screenshots/operatorPictures.ts';
import { checkPackage } from './support/packageCheck.ts';

/** Makes the README's pictures from the packaged extension as it runs on the demo tailnet. */
const cleanup = new Cleanup();
try {
  const root = await makeShortTemp();
  cleanup.add(() => fs.rm(root, { recursive: true, force: true }));
  const { file } = await checkPackage(root);
  if (file === undefined) throw new Error('The extension could not be packaged: see above.');
  const folder = path.join(root, 'document-search');
  await copySampleWorkspace(folder);
  const demo = await startDemoTailnet();
  cleanup.add(() => demo.close());
  const opened = await openWorkbench({
    version: editorVersions[0],
    vsix: file,
    folder,
    settings: {
      ...demo.settings,
      'editor.fontSize': 13,
      'remote.autoForwardPorts': false,
      'workbench.colorTheme': 'Default Light Modern',
    },
    environment: demo.environment,
    viewport,
  });
  cleanup.add(() => opened.close());
  try {
    const { workbench } = opened;
    await takeConnectionPictures(workbench);
    await takeLinterPictures(workbench, folder);
    await takeOperatorPictures(workbench, folder);
    demo.goOffline('clawql-1');
    await takeDiagnosePicture(workbench);
  } catch (error) {
    console.error(`What the window showed is in ${await opened.workbench.screenshot('failed-screenshots')}`);
    throw error;
  }
} finally {
  await cleanup.run();
}
