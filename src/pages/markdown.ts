// Markdown that came with a badge (criteria, descriptions): Open Badges 3.0 allows it, so it is rendered, and trusted
// with nothing. Raw HTML is text, pictures are left out (each would be a request to a stranger's server), links are
// limited to http, https and mailto, and headings become bold lines, since the page's own outline must hold.
import MarkdownIt from 'markdown-it';
import { html, rawHtml, safeUrl, type Html } from './html.ts';

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: 20 });
markdown.disable(['image', 'html_block', 'html_inline', 'table']);
markdown.validateLink = (url) => safeUrl(url) !== undefined;
markdown.renderer.rules.link_open = (tokens, index, options, _env, self) => {
  tokens[index]?.attrSet('rel', 'nofollow noopener noreferrer ugc');
  return self.renderToken(tokens, index, options);
};
markdown.renderer.rules.heading_open = () => '<p><strong>';
markdown.renderer.rules.heading_close = () => '</strong></p>\n';

const LENGTH_MAX = 20_000;

/** Renders Markdown as HTML that may stand in a page of ours. A longer text than 20,000 characters is clipped. */
export function renderMarkdown(text: unknown): Html {
  if (typeof text !== 'string' || text.trim() === '') return html``;
  return rawHtml(markdown.render(text.slice(0, LENGTH_MAX)));
}
