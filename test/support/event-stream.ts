import { request } from 'node:http';

export interface EventStream {
  readonly status: number;
  readonly type: string;
  /** Everything received, in the order it came. */
  readonly events: { readonly id: number; readonly data: string }[];
  readonly ended: () => boolean;
  close(): void;
}

/** Follows a stream of events as a browser does (text/event-stream), until it is closed. */
export function openEvents(address: string, headers: Record<string, string>): Promise<EventStream> {
  return new Promise((resolve, reject) => {
    const events: EventStream['events'] = [];
    let over = false;
    let rest = '';
    const call = request(address, { headers: { accept: 'text/event-stream', ...headers } }, (answer) => {
      answer.setEncoding('utf8');
      answer.on('data', (text: string) => {
        const blocks = (rest + text).split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) {
          const fields = new Map(block.split('\n').map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]));
          if (fields.has('data')) events.push({ id: Number(fields.get('id')), data: fields.get('data') ?? '' });
        }
      });
      answer.on('close', () => (over = true));
      answer.on('error', () => (over = true));
      resolve({ status: answer.statusCode ?? 0, type: answer.headers['content-type'] ?? '', events, ended: () => over, close: () => call.destroy() });
    });
    call.on('error', reject);
    call.end();
  });
}
