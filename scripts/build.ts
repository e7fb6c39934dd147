import { bundleExtension } from './support/bundle.ts';

const bundles = await bundleExtension({ minify: !process.argv.includes('--readable') });
for (const { file, bytes } of bundles) console.log(`${file}  ${(bytes / 1024).toFixed(1)} kB`);
