// A brief is saved while one types, and once more when the page is left.
(() => {
  for (const form of document.querySelectorAll('form[data-autosave]')) {
    const status = form.querySelector('[data-status]');
    const clock = new Intl.DateTimeFormat(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });
    let timer = 0;
    let dirty = false;
    const body = () => new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === 'string'));
    const save = async () => {
      clearTimeout(timer);
      if (!dirty) return;
      dirty = false;
      try {
        const answer = await fetch(form.dataset.autosave, { method: 'POST', body: body(), keepalive: true });
        if (!answer.ok) throw new Error(String(answer.status));
        status.textContent = `${form.dataset.saved} ${clock.format(new Date())}`;
      } catch {
        dirty = true;
        status.textContent = form.dataset.unsaved;
      }
    };
    form.addEventListener('input', () => { dirty = true; clearTimeout(timer); timer = setTimeout(save, 700); });
    form.addEventListener('submit', () => { dirty = false; clearTimeout(timer); });
    document.addEventListener('visibilitychange', () => { if (document.visibilityState === 'hidden') save(); });
  }
})();
