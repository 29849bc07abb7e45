/** What a reader sees of a document, on one line, with ordinary spaces. */
export function readText(html: string): string {
  return html
    .replace(/<style>[\s\S]*?<\/style>|<title>[\s\S]*?<\/title>/g, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'").replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#x3D;', '=').replaceAll('&amp;', '&')
    .replace(/[\u00a0\u202f\s]+/g, ' ');
}
