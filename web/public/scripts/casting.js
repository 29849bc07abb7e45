// Keeping somebody in mind without leaving one's place in the page, and how many are ticked. Everything works without it.
(() => {
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.matches('[data-in-place]')) return;
    event.preventDefault();
    const button = form.querySelector('button');
    button.disabled = true;
    const place = form.closest('[id^="m-"]');
    try {
      const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = answer.ok && place ? page.getElementById(place.id)?.querySelector('[data-in-place]') : null;
      // Gone from the page shown, or refused: the whole page says it better.
      if (!fresh) return form.submit();
      form.replaceWith(fresh);
      fresh.querySelector('button')?.focus();
      const [shown, now] = [document.querySelector('[data-listed]'), page.querySelector('[data-listed]')];
      if (shown && now) shown.textContent = now.textContent;
    } catch {
      form.submit();
    }
  });

  const bar = document.querySelector('[data-ticked]');
  if (!bar) return;
  const boxes = [...document.querySelectorAll('[form="invite"][name=memberIds]')];
  const count = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    bar.hidden = ticked === 0;
    bar.querySelector('[data-count]').textContent = String(ticked);
  };
  boxes.forEach((box) => box.addEventListener('change', count));
  count();
})();
