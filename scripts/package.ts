import path from 'node:path';

import { checkPackage } from './support/packageCheck.ts';
import { projectRoot } from './support/root.ts';

const folder = path.resolve(process.argv[2] ?? projectRoot);
const { outcome, file } = await checkPackage(folder);
if (file !== undefined) console.log(`The package is ${file}`);
process.exitCode = outcome.failed.length === 0 ? 0 : 1;
