#!/usr/bin/env node
// The service as a program; "npm start" runs it on the Node that the project brings along.
import './platform/heap-growth.ts';
import './platform/quick-imports.ts';
import { loadPostgres } from './platform/young-functions.ts';

await loadPostgres();
const { startService } = await import('./start-service.ts');
await startService(process.env);
