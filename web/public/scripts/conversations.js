// A conversation that is open: new messages are added as they come, and what is on the screen is read. Without it the page shows them when it is loaded again.
(() => {
  for (const log of document.querySelectorAll('[data-conversation]')) {
    const { conversation: base, me, key } = log.dataset;
    const list = log.querySelector('ol');
    let last = Number(log.dataset.last);
    let told = 0;
    let waiting = null;

    const tellRead = () => {
      waiting = null;
      if (document.visibilityState !== 'visible' || last <= told) return;
      told = last;
      const seen = document.querySelector('form.say [name=seen]');
      if (seen) seen.value = String(last);
      fetch(`${base}/do/read`, { method: 'POST', redirect: 'manual', keepalive: true, body: new URLSearchParams({ key, seq: String(last) }) }).catch(() => { told = 0; });
    };
    const soon = () => { waiting ??= setTimeout(tellRead, 300); };

    const source = new EventSource(`${base}/stream?after=${last}`);
    source.addEventListener('message', (event) => {
      const seq = Number(event.lastEventId);
      if (!(seq > last)) return;
      last = seq;
      const holder = document.createElement('template');
      holder.innerHTML = JSON.parse(event.data).html;
      const item = holder.content.querySelector('li');
      if (!item) return;
      if (item.dataset.author === me) item.classList.add('mine');
      list.append(item);
      soon();
    });
    document.addEventListener('visibilitychange', soon);
    addEventListener('pagehide', () => source.close());
    soon();
  }
})();
