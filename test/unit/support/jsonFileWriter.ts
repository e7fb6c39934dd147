import { pathToFileURL } from 'node:url';

import { JsonFile } from '../../../src/node/files/jsonFile.ts';
import { localTextFiles } from '../../../src/node/files/localTextFiles.ts';

/** A process that adds `NAME0`, `NAME1`, … to the list in a JSON file. */
const [path = '', name = '', count = '0'] = process.argv.slice(2);
const file = new JsonFile(pathToFileURL(path).href, () => Promise.resolve(localTextFiles));
for (let index = 0; index < Number(count); index++) {
  await file.update((stored) => [...(Array.isArray(stored) ? (stored as unknown[]) : []), `${name}${index}`]);
}
