import { Product } from './product.ts';

/** What *Check What This MCP Host Exposes* sees on the node on which this program runs, as JSON. */
const product = new Product();
await product.until('the tailnet is there', ({ tailnet }) => tailnet.kind === 'running');
process.stdout.write(JSON.stringify(await product.services.checkExposure(AbortSignal.timeout(20_000))));
product.dispose();
