// What runs in worker threads, by name; each loads its own room when it is first asked for.
import './platform/quick-imports.ts';
import { parentPort } from 'node:worker_threads';
import { serveTasks, type Tasks } from './platform/worker-thread.ts';

export const tasks: Tasks = {
  'verify-submission': async (input, ask) =>
    (await import('./verification/verify-apart.ts')).verifySubmission(input, ask),
  'write-report': async (input, ask) => (await import('./verification/verify-apart.ts')).writeReport(input, ask),
  'verify-credential': async (input, ask) =>
    (await import('./verification/verify-apart.ts')).verifyCredential(input, ask),
  'verify-presentation': async (input, ask) =>
    (await import('./verification/verify-apart.ts')).verifyPresentation(input, ask),
  'badge-png': async ({ svg, sizePx }: { svg: string; sizePx: number }) =>
    (await import('./tracks/badge-png.ts')).renderBadgePng(svg, sizePx),
  preview: async (content) => (await import('./pages/preview-picture.ts')).renderPreview(content),
  certificate: async (input) => (await import('./pages/certificate.ts')).drawCertificate(input),
};

if (parentPort) serveTasks(parentPort, tasks);
