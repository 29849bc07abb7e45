import { request } from 'node:http';
import { inject } from 'vitest';

/** Asks the shared services (services.ts) for something; the first time it may take minutes, when a server has to be fetched or built. */
export async function ask(service: 'database' | 'temporal' | 'time-skipping-program' | 'mustang-program' | 'workflow-bundle'): Promise<string> {
  return new Promise((resolve, reject) => {
    request(`${inject('services')}/${service}`, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => (response.statusCode === 200 ? resolve(text) : reject(new Error(text))));
    })
      .on('error', reject)
      .end();
  });
}
