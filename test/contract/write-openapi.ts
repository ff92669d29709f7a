// `npm run openapi`: writes the contract that the routes draw to `openapi.yaml`.
import { writeFileSync } from 'node:fs';
import { writeContract } from './document.ts';

writeFileSync(new URL('../../openapi.yaml', import.meta.url), await writeContract());
