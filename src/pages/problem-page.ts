// Draws problems for browsers: the one error handler asks it, so that a person gets a page where a program gets JSON.
import type { FastifyRequest } from 'fastify';
import type { ProblemPage } from '../platform/problem-answers.ts';
import { errorPage } from './error-page.ts';
import { renderDocument } from './layout.ts';
import { wordsFor, type Site } from './send-page.ts';

/** What the error handler calls. The page carries no script: its headers are not the pages' own. */
export function problemPage(site: Site): ProblemPage {
  return (problem, request: FastifyRequest) => {
    const words = wordsFor(site, request);
    const retryAfterS = Number(problem.headers['retry-after']) || undefined;
    const page = errorPage({ status: problem.status, requestId: request.id, retryAfterS }, words);
    return renderDocument(page, { ...site, words, here: request.method === 'GET' ? request.url : '/' });
  };
}
