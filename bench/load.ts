// A client in a process of its own, so that what it costs is not the server's: asks one address over and over on as many connections as told, for as long, and prints how many a second.
import { Agent, request } from 'node:http';

const [address = '', cookie = '', connections = '8', seconds = '5'] = process.argv.slice(2);
const agent = new Agent({ keepAlive: true, maxSockets: Number(connections) });
const get = (): Promise<void> =>
  new Promise((done, fail) => {
    request(address, { agent, headers: { cookie } }, (response) => {
      if (response.statusCode !== 200) fail(new Error(`${address.replace(/\/l\/[^/]+/, '/l/…')} answered ${response.statusCode}`));
      response.resume().once('end', done);
    }).once('error', fail).end();
  });
const during = async (ms: number): Promise<number> => {
  const until = performance.now() + ms;
  let answered = 0;
  await Promise.all(Array.from({ length: Number(connections) }, async () => {
    while (performance.now() < until) {
      await get();
      answered += 1;
    }
  }));
  return answered;
};
await during(1_000); // warm
const began = performance.now();
const answered = await during(Number(seconds) * 1000);
console.log(String((answered * 1000) / (performance.now() - began)));
agent.destroy();
